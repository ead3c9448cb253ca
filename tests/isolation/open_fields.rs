//! The fields of the schema that take no id of a tenant's, each with its reason.

/// Fields that take no id of a tenant's, or whose id is public, each with its reason. This list may
/// only shrink.
pub(super) const OPEN: [(&str, &str); 28] = [
    ("notices", "the notice on personal data is for anybody"),
    ("noticesAgreed", "one's own agreements, no id"),
    (
        "noticeAgree",
        "names a published version; writes one's own agreement",
    ),
    ("identifierTypes", "what may be registered is for anybody"),
    (
        "registrations",
        "no id; null to everybody but operators, has a test of its own",
    ),
    ("me", "one's own account"),
    ("serverTime", "the clock is the same for everybody"),
    ("auditState", "where one's own trail stands, no id"),
    ("auditCheck", "walks one's own trail, no id"),
    ("rounds", "published rounds are for everybody"),
    (
        "round",
        "a published round; its counts have a test of their own",
    ),
    ("reference", "published code lists"),
    ("rulebooks", "one's own programmes, no id"),
    (
        "ruleVocabulary",
        "facts and operators, no id; refused to everybody but funders",
    ),
    ("method", "how figures are computed, for anybody"),
    ("sectorReport", "suppressed cells, no id"),
    ("workload", "counts and ages, no id"),
    ("people", "one's own organisation, no id"),
    (
        "invitationSend",
        "names an address; writes into one's own organisation",
    ),
    (
        "applicationStart",
        "names a published round; writes into one's own tenant",
    ),
    (
        "proxies",
        "the published library; own proposals have a test of their own",
    ),
    (
        "proxy",
        "a published entry; own proposals have a test of their own",
    ),
    (
        "proxyProposals",
        "one's own or the council's; has a test of its own",
    ),
    (
        "proxyPropose",
        "names a published entry; writes into one's own tenant",
    ),
    ("purchasePolicyCheck", "reads what is sent and nothing else"),
    (
        "purchasePolicySave",
        "no id; writes into one's own tenant; has a test of its own",
    ),
    (
        "applicationProgress",
        "a subscription; has a test of its own",
    ),
    ("roundProgress", "a subscription; has a test of its own"),
];
