// Why: rulebooks, drafts and what came of a screening, as the server tells them; the pages only show them.
import { graphql } from '@/gql';

export const RuleDraftShown = graphql(`
  fragment RuleDraftShown on RuleDraft {
    id
    programmeId
    basedOn
    version
    updatedAt
    updatedBy
    problems {
      ...ProblemShown
    }
  }
`);

export const CountsShown = graphql(`
  fragment CountsShown on StateCounts {
    eligible
    notEligible
    needsInformation
    notScreened
  }
`);

export const TrialRowShown = graphql(`
  fragment TrialRowShown on TrialRow {
    receivedId
    reference
    before
    after
    applicant {
      en
      zh
    }
    title {
      en
      zh
    }
    criteria {
      id
      before
      after
      reason {
        en
        zh
      }
      fix {
        en
        zh
      }
    }
  }
`);

export const RescreeningShown = graphql(`
  fragment RescreeningShown on Rescreening {
    id
    roundId
    fromVersion
    toVersion
    reason
    by
    at
    total
    done
    changed
  }
`);

export const RulebookShown = graphql(`
  fragment RulebookShown on Rulebook {
    programmeId
    code
    label
    illustrative
    name {
      en
      zh
    }
    versions {
      version
      effectiveFrom
      knownFrom
      publishedAt
      publishedBy
      note
      criteriaCount
    }
    drafts {
      ...RuleDraftShown
    }
    rounds {
      id
      code
      stage
      version
      received
      name {
        en
        zh
      }
      rescreenings {
        ...RescreeningShown
      }
    }
  }
`);

export const Rulebooks = graphql(`
  query Rulebooks {
    rulebooks {
      ...RulebookShown
    }
  }
`);

export const RulebookPage = graphql(`
  query RulebookPage($programmeId: ID!) {
    rulebook(programmeId: $programmeId) {
      ...RulebookShown
    }
  }
`);

export const RuleDraftPage = graphql(`
  query RuleDraftPage($id: ID!) {
    ruleDraft(id: $id) {
      id
      ...RuleDraftShown
      body
      sections
    }
    ruleVocabulary {
      ...VocabularyShown
    }
  }
`);

export const RuleDraftTheirs = graphql(`
  query RuleDraftTheirs($id: ID!) {
    ruleDraft(id: $id) {
      id
      version
      body
      sections
    }
  }
`);

export const RuleDraftSave = graphql(`
  mutation RuleDraftSave($input: RuleDraftSaveInput!) {
    ruleDraftSave(input: $input) {
      draft {
        ...RuleDraftShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RuleDraftStart = graphql(`
  mutation RuleDraftStart($input: RuleDraftStartInput!) {
    ruleDraftStart(input: $input) {
      draft {
        id
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RuleDraftDiscard = graphql(`
  mutation RuleDraftDiscard($input: RuleDraftDiscardInput!) {
    ruleDraftDiscard(input: $input) {
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RuleDraftPublish = graphql(`
  mutation RuleDraftPublish($input: RuleDraftPublishInput!) {
    ruleDraftPublish(input: $input) {
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RoundRulesApply = graphql(`
  mutation RoundRulesApply($input: RoundRulesApplyInput!) {
    roundRulesApply(input: $input) {
      rescreening {
        id
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RuleDifferenceAsked = graphql(`
  query RuleDifferenceAsked($input: RuleDifferenceInput!) {
    ruleDifference(input: $input) {
      changes {
        part
        id
        kind
        fields {
          path
          before
          after
        }
      }
    }
    ruleVocabulary {
      ...VocabularyShown
    }
  }
`);

/** What rules name by parameter, table or code is read from the later side. */
export const ComparedBody = graphql(`
  query ComparedBody($programmeId: ID!, $draftId: ID!, $ofDraft: Boolean!) {
    rulebook(programmeId: $programmeId) @skip(if: $ofDraft) {
      programmeId
      versions {
        version
        body
      }
    }
    ruleDraft(id: $draftId) @include(if: $ofDraft) {
      id
      body
    }
  }
`);

export const RuleTrialAsked = graphql(`
  query RuleTrialAsked($input: RuleTrialInput!) {
    ruleTrial(input: $input) {
      total
      changed
      before {
        ...CountsShown
      }
      after {
        ...CountsShown
      }
      rows {
        ...TrialRowShown
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const RescreeningPage = graphql(`
  query RescreeningPage($id: ID!) {
    rescreening(id: $id) {
      ...RescreeningShown
      before {
        ...CountsShown
      }
      after {
        ...CountsShown
      }
      rows {
        ...TrialRowShown
      }
    }
  }
`);
