// Why: English words of the pages that anybody may read.
export default {
  landing: {
    title: 'Grants and social value, exact and explained',
    lead: 'NGOs apply, funders decide, the sector sees the whole. Every figure shows how it was worked out, and every judgement its reason.',
    signIn: 'Sign in',
    signedIn: 'You are signed in as {{name}}. Go on to',
    method: 'How SROI is worked out here',
    applicant: {
      title: 'For NGOs',
      body: 'See every question before you start. Nothing typed is lost. Know now whether the project is eligible, by how much it falls short, and what ratio it reaches.',
    },
    funder: {
      title: 'For funders',
      body: 'Screen by dated rules, review side by side, rank with a stated stability, and record each decision with its reason.',
    },
    council: {
      title: 'For sector councils',
      body: 'See where money is asked for and awarded, by district, service area and size, without opening anyone’s file.',
    },
  },
  method: {
    title: 'How SROI is worked out',
    lead: 'The method follows the Guide to SROI (Cabinet Office 2009; SROI Network 2012). Every figure in the platform opens its own working.',
    contents: 'On this page',
    source: 'Laid down in',
    group: {
      order: {
        title: 'Order of operations',
        body: 'From one row of the value map to the ratio, in the order in which the engine works.',
      },
      results: {
        title: 'What else is read from it',
        body: 'Figures that stand beside the ratio and are never mistaken for it.',
      },
      conventions: {
        title: 'Conventions',
        body: 'Timing, rate, price year and rounding are settings. They are stored with every run and are part of its fingerprint.',
      },
      uncertainty: {
        title: 'Evidence, sensitivity and simulation',
        body: 'A ratio never stands alone: how far it moves, where it breaks even, and how it is spread.',
      },
    },
    traps: {
      title: 'Mistakes that this method avoids',
      body: 'Each was seen in a real tool or report, and each is a test here.',
      list: {
        added: 'Deductions are multiplied, never added: two of 30% and 20% leave 56%, not 50%.',
        reversed: 'Attribution is the share due to others. Keeping it instead of taking it off turns the result round.',
        firstYear: 'Drop-off starts in the second year of an outcome, not in its first.',
        net: 'The net ratio (ratio − 1) is never called SROI.',
        factors: 'Discount factors are not rounded to two places before they are used.',
        clamped: 'A percentage above 100 is refused, not cut; a negative outcome is counted, not skipped.',
        zero: 'There is no ratio for an investment of zero.',
        contradiction: 'A ratio that a report prints is worked out anew and flagged where its own figures say otherwise.',
        bankers: 'Halves are rounded away from zero: 16.065 becomes 16.07.',
        floats: 'Exact decimals, not binary fractions: no cent appears or vanishes in a sum.',
      },
    },
    rank: {
      title: 'Ranking',
      body: 'Scores are placed on fixed anchors, so that one more application does not turn the order of the others. How stable a rank is under other weights is always shown. Missing data gives no rank; it is never a refusal.',
    },
    decide: {
      title: 'A person decides',
      body: 'The system checks rules and does sums. A named person decides, and departing from the proposed order needs a written reason.',
    },
    sources: 'Sources: Guide to SROI; Social Value International, eight principles; HM Treasury Green Book for discounting.',
  },
  privacy: {
    title: 'Privacy notice',
    none: 'The operator has not published a notice yet. Until then no organisation can be registered.',
    others: 'Other versions',
    withdraw: {
      title: 'Taking your agreement back',
      body: 'You may do so at any time: on your account page you take a copy of your data and erase it, or ask whoever the notice names. What was done before stays done, and the audit trail stays.',
    },
  },
};
