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
    impact: {
      title: 'Impact of an outcome',
      body: 'What happened is counted and valued; what would have happened anyway, what merely moved elsewhere, and what others brought about are deducted. The deductions multiply; they are never added. Attribution is the share due to others.',
    },
    years: {
      title: 'Years it lasts',
      body: 'The first year carries no drop-off. Each later year is a share of what remained.',
    },
    discount: {
      title: 'Discounting',
      body: 'Values and investments are put on one axis. The programme sets the rate and the timing; the result under the other timing is always shown beside it.',
    },
    ratio: {
      title: 'The ratio',
      body: 'Money, contributions in kind and volunteer time all count as investment. Figures are rounded once, half away from zero, when they are shown.',
    },
    range: {
      title: 'The range',
      body: 'A ratio never stands alone. Ten thousand runs vary each input by at least the band of its evidence grade; the range holds nine in ten. Applicants may widen it, never narrow it. Ranking reads the low end.',
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
    purpose: {
      title: 'What it is for',
      body: 'Data in an application is used only to consider it and to account for the grant.',
    },
    minimum: {
      title: 'As little as possible',
      body: 'Give posts, not names. Data that identifies a service user does not belong in an application: outcomes are counts.',
    },
    share: {
      title: 'Who sees it',
      body: 'A draft belongs to your organisation alone. Submitting shares exactly that version with the funder. The sector council sees totals only, and small cells are suppressed.',
    },
    keep: {
      title: 'How long it is kept',
      body: 'Seven years after the project closes, or two years if it is refused (periods of the demonstration programme).',
    },
    access: {
      title: 'Access and correction',
      body: 'You may ask for a copy of your data and have it corrected under the Personal Data (Privacy) Ordinance.',
    },
  },
};
