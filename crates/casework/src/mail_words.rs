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
}

impl Topic {
    /// Every topic.
    pub(crate) const ALL: [Self; 5] = [
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::RecoveryUsed,
    ];

    /// The stable name, as stored.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::SecondStepOn => "second_step_on",
            Self::SecondStepOff => "second_step_off",
            Self::RecoveryUsed => "recovery_used",
        }
    }

    /// Reads the stable name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == name)
    }
}

/// Subject and text.
pub(crate) fn words(topic: Topic, link: &str, minutes: i32) -> (String, String) {
    let (subject_zh, subject_en, zh, en) = match topic {
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
        Topic::PasswordChanged => notice(
            ("密碼已更改", "Your password was changed"),
            (
                "你在「衡善」的密碼剛剛更改，所有裝置均已登出。",
                "Your password for Plumbline was changed just now, and every other device was signed out.",
            ),
            link,
        ),
        Topic::SecondStepOn => notice(
            ("已啟用雙重認證", "Two-step sign-in is on"),
            (
                "你在「衡善」的帳戶剛剛啟用雙重認證。",
                "Two-step sign-in was turned on for your Plumbline account just now.",
            ),
            link,
        ),
        Topic::SecondStepOff => notice(
            ("已停用雙重認證", "Two-step sign-in is off"),
            (
                "你在「衡善」的帳戶剛剛停用雙重認證。",
                "Two-step sign-in was turned off for your Plumbline account just now.",
            ),
            link,
        ),
        Topic::RecoveryUsed => notice(
            ("已使用復原碼登入", "A recovery code was used"),
            (
                "剛剛有人使用復原碼登入你在「衡善」的帳戶。",
                "Somebody just signed in to your Plumbline account with a recovery code.",
            ),
            link,
        ),
    };
    (
        format!("{subject_zh} {subject_en}"),
        format!("{zh}\n\n----\n\n{en}\n"),
    )
}

fn notice<'a>(
    (subject_zh, subject_en): (&'a str, &'a str),
    (zh, en): (&str, &str),
    link: &str,
) -> (&'a str, &'a str, String, String) {
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
            let (subject, text) = words(topic, "https://grants.example/x", 30);
            assert_eq!(
                text.matches("https://grants.example/x").count(),
                2,
                "{subject}"
            );
            assert!(!subject.contains('\n'));
        }
    }
}
