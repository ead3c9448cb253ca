// Why: what the purchase pages ask of the server, in one place: the same purchase is shown in a list, on
// its own page and after each deed.
import { graphql } from '@/gql';

export const CheckShown = graphql(`
  fragment CheckShown on PurchaseCheck {
    satisfied
    governingDate
    estimated
    accepted
    category
    byCategory {
      category
      amount
    }
    requirement {
      version
      method
      minQuotations
      acceptedForms
    }
    aggregate {
      sum
      firstDay
      lastDay
      others
    }
    findings {
      code
      severity
      shortfall
      params {
        name
        value
      }
    }
  }
`);

export const StepShown = graphql(`
  fragment StepShown on PurchaseStepOfTier {
    action
    roles {
      en
      zh
    }
    doneBy
    doneAt
    amount
  }
`);

export const PurchaseShown = graphql(`
  fragment PurchaseShown on Purchase {
    id
    applicationId
    reference
    policyVersion
    createdAt
    stage
    next
    returns
    seq
    request
    award
    line {
      id
      description
      total
      left
    }
    department {
      code
      label {
        en
        zh
      }
    }
    category {
      code
      label {
        en
        zh
      }
    }
    steps {
      ...StepShown
    }
    acts {
      seq
      deed
      by
      at
      amount
      interest
      note
      reasons {
        code
        label {
          en
          zh
        }
      }
    }
    may {
      deed
      blocks {
        code
        params {
          name
          value
        }
      }
    }
    check {
      ...CheckShown
    }
  }
`);

export const PurchaseBookPage = graphql(`
  query PurchaseBookPage($id: ID!) {
    application(id: $id) {
      id
      reference
      title {
        en
        zh
      }
    }
    purchaseBook(applicationId: $id) {
      awarded
      total
      committed
      mayRequest
      policyVersion
      lines {
        id
        description
        total
        left
      }
      purchases {
        ...PurchaseShown
      }
    }
    purchasePolicy {
      version
      body
    }
  }
`);

export const PurchasePage = graphql(`
  query PurchasePage($id: ID!) {
    purchase(id: $id) {
      ...PurchaseShown
    }
    purchasePolicy {
      version
      body
    }
  }
`);

export const PurchaseChecked = graphql(`
  query PurchaseChecked($input: PurchaseCheckInput!) {
    purchaseCheck(input: $input) {
      lineLeft
      check {
        ...CheckShown
      }
      steps {
        ...StepShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const PurchaseRequestSend = graphql(`
  mutation PurchaseRequestSend($input: PurchaseRequestInput!) {
    purchaseRequest(input: $input) {
      purchase {
        ...PurchaseShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const PurchaseActSend = graphql(`
  mutation PurchaseActSend($input: PurchaseActInput!) {
    purchaseAct(input: $input) {
      purchase {
        ...PurchaseShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const PurchasePolicyPage = graphql(`
  query PurchasePolicyPage {
    purchasePolicy {
      version
      body
      madeBy
      madeAt
      editable
    }
  }
`);

export const PurchasePolicyProblems = graphql(`
  query PurchasePolicyProblems($body: JSON!) {
    purchasePolicyCheck(body: $body) {
      code
      path
      message
      params {
        name
        value
      }
    }
  }
`);

export const PurchasePolicySend = graphql(`
  mutation PurchasePolicySend($input: PurchasePolicySaveInput!) {
    purchasePolicySave(input: $input) {
      policy {
        version
        body
        madeBy
        madeAt
        editable
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const PurchaseAnalysisPage = graphql(`
  query PurchaseAnalysisPage($id: ID!) {
    application(id: $id) {
      id
      reference
      title {
        en
        zh
      }
    }
    purchaseAnalysis(applicationId: $id) {
      departments {
        ...GroupShown
      }
      categories {
        ...GroupShown
      }
      refusals {
        code
        label {
          en
          zh
        }
        category {
          en
          zh
        }
        refused
        returned
      }
      forecast {
        month
        count
        amount
      }
    }
  }
`);

export const GroupShown = graphql(`
  fragment GroupShown on PurchaseGroup {
    code
    label {
      en
      zh
    }
    requested
    refused
    returned
    estimated
    committed
    paid
  }
`);
