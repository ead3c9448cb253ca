//! The words of every mail, Chinese first, then English: nobody's language is known before they sign in.

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Somebody asked for a link to set a forgotten password anew.
    PasswordReset,
    /// The password was changed.
    PasswordChanged,
    /// Two-step sign-in was turned on.
    SecondStepOn,
    /// Two-step sign-in was turned off.
    SecondStepOff,
    /// Somebody signed in with a recovery code.
    RecoveryUsed,
    /// Somebody is invited to an organisation.
    Invitation,
    /// An organisation was registered with this address.
    Registration,
    /// It was let in.
    RegistrationApproved,
    /// It was not.
    RegistrationRefused,
    /// The account was linked to the identity provider.
    ProviderLinked,
    /// The link to the identity provider was taken away.
    ProviderUnlinked,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
}

impl Topic {
    /// Every topic.
    pub(crate) const ALL: [Self; 13] = [
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::RecoveryUsed,
        Self::Invitation,
        Self::Registration,
        Self::RegistrationApproved,
        Self::RegistrationRefused,
        Self::ProviderLinked,
        Self::ProviderUnlinked,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
    ];

    /// The stable name, as stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::SecondStepOn => "second_step_on",
            Self::SecondStepOff => "second_step_off",
            Self::RecoveryUsed => "recovery_used",
            Self::Invitation => "invitation",
            Self::Registration => "registration",
            Self::RegistrationApproved => "registration_approved",
            Self::RegistrationRefused => "registration_refused",
            Self::ProviderLinked => "provider_linked",
            Self::ProviderUnlinked => "provider_unlinked",
            Self::PasskeyAdded => "passkey_added",
            Self::PasskeyRemoved => "passkey_removed",
        }
    }

    /// Reads the stable name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name)
    }
}

/// What the words of a mail are filled with.
pub(crate) struct Filling<'a> {
    /// Where it leads.
    pub(crate) link: &'a str,
    /// For how many minutes a link to a new password is good.
    pub(crate) minutes: i32,
    /// Who invites.
    pub(crate) inviter_zh: &'a str,
    /// The same, or the organisation in English where they were erased.
    pub(crate) inviter_en: &'a str,
    /// To which organisation, in Chinese.
    pub(crate) tenant_zh: &'a str,
    /// To which organisation, in English.
    pub(crate) tenant_en: &'a str,
    /// What a person wrote about it.
    pub(crate) reason: &'a str,
}

/// Subject and text.
pub(crate) fn words(topic: Topic, filling: &Filling<'_>) -> (String, String) {
    let Filling {
        link,
        minutes,
        inviter_zh,
        inviter_en,
        tenant_zh,
        tenant_en,
        ..
    } = *filling;
    let (subject_zh, subject_en, zh, en) = match topic {
        Topic::PasswordChanged
        | Topic::SecondStepOn
        | Topic::SecondStepOff
        | Topic::RecoveryUsed
        | Topic::ProviderLinked
        | Topic::ProviderUnlinked
        | Topic::PasskeyAdded
        | Topic::PasskeyRemoved => notice(topic, link),
        Topic::PasswordReset => (
            "重設密碼",
            "Set a new password",
            format!(
                "有人要求重設你在「衡善」的密碼。如屬你本人，請於 {minutes} 分鐘內開啟以下連結並設定新密碼；連結只可使用一次。\n\n{link}\n\n如非你本人要求，毋須理會本電郵，你的密碼不會改變。"
            ),
            format!(
                "Somebody asked to set your password for Plumbline anew. If it was you, open this link within {minutes} minutes and choose a new password; the link works once.\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is."
            ),
        ),
        Topic::Invitation => (
            "邀請加入機構",
            "You are invited",
            format!(
                "{inviter_zh}邀請你在「衡善」加入{tenant_zh}。請於七日內開啟以下連結；連結只可使用一次。\n\n{link}\n\n如你不認識此機構，毋須理會本電郵。"
            ),
            format!(
                "{inviter_en} invites you to join {tenant_en} on Plumbline. Open this link within seven days; it works once.\n\n{link}\n\nIf you do not know this organisation, do nothing."
            ),
        ),
        Topic::Registration | Topic::RegistrationApproved | Topic::RegistrationRefused => {
            registration(topic, filling)
        }
    };
    (
        format!("{subject_zh} {subject_en}"),
        format!("{zh}\n\n----\n\n{en}\n"),
    )
}

fn registration<'a>(topic: Topic, filling: &Filling<'a>) -> (&'a str, &'a str, String, String) {
    let Filling {
        link,
        tenant_zh,
        tenant_en,
        reason,
        ..
    } = *filling;
    match topic {
        Topic::RegistrationApproved => (
            "機構登記已獲接納",
            "Your organisation is registered",
            format!(
                "{tenant_zh}已獲接納加入「衡善」。你可代表機構簽署，並可邀請其他成員。請由此登入：\n\n{link}"
            ),
            format!(
                "{tenant_en} is now on Plumbline. You sign for it, and you can invite others. Sign in here:\n\n{link}"
            ),
        ),
        Topic::RegistrationRefused => (
            "機構登記不獲接納",
            "Your organisation was not registered",
            format!(
                "{tenant_zh}的登記不獲接納。營運者說明：\n\n{reason}\n\n如情況有變或資料有誤，可重新登記：\n\n{link}"
            ),
            format!(
                "The registration of {tenant_en} was not accepted. The operator writes:\n\n{reason}\n\nIf something has changed or was wrong, register again:\n\n{link}"
            ),
        ),
        // Nothing that was typed: a stranger could write to anybody through it.
        _ => (
            "確認機構登記",
            "Confirm the registration",
            format!(
                "有人以此電郵地址在「衡善」登記機構。如屬你本人，請於七日內開啟以下連結；連結只可使用一次。\n\n{link}\n\n如非你本人登記，毋須理會本電郵，資料會於七日後刪除。"
            ),
            format!(
                "Somebody registered an organisation on Plumbline with this address. If it was you, open this link within seven days; it works once.\n\n{link}\n\nIf it was not you, do nothing: what was typed is deleted after seven days."
            ),
        ),
    }
}

/// Subject and first sentence of a notice, Chinese and English.
fn noticed(topic: Topic) -> [&'static str; 4] {
    match topic {
        Topic::PasswordChanged => [
            "密碼已更改",
            "Your password was changed",
            "你在「衡善」的密碼剛剛更改，所有裝置均已登出。",
            "Your password for Plumbline was changed just now, and every other device was signed out.",
        ],
        Topic::SecondStepOn => [
            "已啟用雙重認證",
            "Two-step sign-in is on",
            "你在「衡善」的帳戶剛剛啟用雙重認證。",
            "Two-step sign-in was turned on for your Plumbline account just now.",
        ],
        Topic::SecondStepOff => [
            "已停用雙重認證",
            "Two-step sign-in is off",
            "你在「衡善」的帳戶剛剛停用雙重認證。",
            "Two-step sign-in was turned off for your Plumbline account just now.",
        ],
        Topic::RecoveryUsed => [
            "已使用復原碼登入",
            "A recovery code was used",
            "剛剛有人使用復原碼登入你在「衡善」的帳戶。",
            "Somebody just signed in to your Plumbline account with a recovery code.",
        ],
        Topic::ProviderLinked => [
            "已連結其他登入帳戶",
            "Another account signs you in",
            "你在「衡善」的帳戶剛剛連結至另一個登入帳戶，日後可用該帳戶登入。",
            "Your Plumbline account was linked to another account just now, by which you can sign in from now on.",
        ],
        Topic::ProviderUnlinked => [
            "已解除登入帳戶的連結",
            "The other account signs you in no longer",
            "你在「衡善」的帳戶剛剛解除與另一個登入帳戶的連結。",
            "The link between your Plumbline account and another account was taken away just now.",
        ],
        Topic::PasskeyAdded => [
            "已新增通行密鑰",
            "A passkey was added",
            "你在「衡善」的帳戶剛剛新增通行密鑰，日後可用它登入。",
            "A passkey was added to your Plumbline account just now; it can be used to sign in from now on.",
        ],
        Topic::PasskeyRemoved => [
            "已移除通行密鑰",
            "A passkey was removed",
            "你在「衡善」的帳戶剛剛移除一個通行密鑰。",
            "A passkey was removed from your Plumbline account just now.",
        ],
        Topic::PasswordReset
        | Topic::Invitation
        | Topic::Registration
        | Topic::RegistrationApproved
        | Topic::RegistrationRefused => [""; 4],
    }
}

fn notice(topic: Topic, link: &str) -> (&'static str, &'static str, String, String) {
    let [subject_zh, subject_en, zh, en] = noticed(topic);
    (
        subject_zh,
        subject_en,
        format!("{zh}如非你本人操作，請即更改密碼，並查看已登入的裝置：\n\n{link}"),
        format!(
            "{en} If it was not you, change your password at once and look where you are signed in:\n\n{link}"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mail_says_the_same_in_both_languages_and_carries_its_link_in_each() {
        for topic in Topic::ALL {
            assert_eq!(Topic::from_name(topic.as_str()), Some(topic));
            let filling = Filling {
                link: "https://grants.example/x",
                minutes: 30,
                inviter_zh: "CHAN Tai-man",
                inviter_en: "CHAN Tai-man",
                tenant_zh: "紅隼服務社",
                tenant_en: "Kestrel Services",
                reason: "The number could not be found.",
            };
            let (subject, text) = words(topic, &filling);
            assert_eq!(
                text.matches("https://grants.example/x").count(),
                2,
                "{subject}"
            );
            assert!(!subject.contains('\n'));
        }
    }
}
