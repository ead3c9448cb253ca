// Why: the ranked round as the server computed and recorded it; the page only shows it.
import { graphql } from '@/gql';
import type { RankingTrialQuery, ShortlistPageQuery, ShortlistShownFragment } from '@/gql/graphql';

export const ShortlistShown = graphql(`
  fragment ShortlistShown on Shortlist {
    rankingId
    computedAt
    adopted
    adoptedBy
    adoptedAt
    provisional
    engineVersion
    inputHash
    budget
    committed
    left
    rulesVersion
    severity
    robust
    tieBreak
    smallestMove {
      criterion
      submissionId
      from
      to
    }
    secondOpinion {
      method
      kendallTau
      spearman
      sameAboveLine
      label {
        en
        zh
      }
    }
    runs {
      id
      kind
      inputHash
      engineVersion
    }
    weights {
      criterion
      weight
      zero
      hundred
      name {
        en
        zh
      }
    }
    rows {
      submissionId
      reference
      rank
      sizeBand
      ask
      cumulative
      aboveLine
      wouldStillFit
      sroi
      sroiLow
      sroiHigh
      sroiAssessed
      score
      missing
      reweighted
      tied
      stability
      eligibility
      decision
      selectedExact
      working
      standing
      firstTime
      secondRank
      closeness
      besideRank
      besideScore
      decidedAmount
      awaiting
      fundingLevel {
        amount
        name {
          en
          zh
        }
      }
      serviceAreas {
        code
        share
        label {
          en
          zh
        }
      }
      organisation {
        en
        zh
      }
      title {
        en
        zh
      }
      districts {
        code
        share
        label {
          en
          zh
        }
      }
      contributions {
        criterion
        points
      }
    }
    selection {
      ...SelectionShown
    }
  }
`);

/** The exact set beside best-first, of a ranking or of a what-if. */
export const SelectionShown = graphql(`
  fragment SelectionShown on Selection {
    status
    objective
    spent
    spentGreedy
    bound
    gap
    greedyObjective
    selected
    greedy
    together
    method {
      en
      zh
    }
    checks {
      rule
      value
      limit
      holds
    }
    priceOfFairness {
      rule
      points
      spent
    }
    relaxation {
      rule
      required
      achievable
      shortfall
    }
  }
`);

/** What only an opened row shows; asked for when the first is opened. */
export const ShortlistFigures = graphql(`
  query ShortlistFigures($roundId: ID!) {
    shortlist(roundId: $roundId) {
      rankingId
      rows {
        submissionId
        acceptability
        sensitivity {
          criterion
          weight
          rankFrom
          rankTo
          lineFrom
          lineTo
        }
        spread {
          criterion
          lowest
          highest
          outliers {
            reviewer
            level
            distance
          }
        }
      }
    }
  }
`);

export const RankingTrial = graphql(`
  query RankingTrial($input: RankingTrialInput!) {
    rankingTrial(input: $input) {
      trial {
        budget
        committed
        left
        places
        rows {
          submissionId
          rank
          rankBefore
          score
          aboveLine
          wouldStillFit
          cumulative
          stability
          standing
        }
        selection {
          ...SelectionShown
        }
      }
      problems {
        ...ProblemShown
      }
    }
  }
`);

export const ShortlistPage = graphql(`
  query ShortlistPage($roundId: ID!) {
    round(id: $roundId) {
      id
      code
      stage
      closesAt
      budget
      name {
        en
        zh
      }
      counts {
        received
        screened
      }
    }
    shortlist(roundId: $roundId) {
      ...ShortlistShown
    }
  }
`);

export type RoundShown = NonNullable<ShortlistPageQuery['round']>;
export type Trial = NonNullable<RankingTrialQuery['rankingTrial']['trial']>;
export type Row = ShortlistShownFragment['rows'][number];
