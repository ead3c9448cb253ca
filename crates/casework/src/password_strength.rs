//! How a new password is weighed: its length, how easily it is guessed, and whether it is known from a breach.
use std::sync::Arc;

use explain::{Problem, Problems};
use zxcvbn::{Score, zxcvbn};

use crate::{CaseError, CaseResult, Casework, breached::listed_form, sign_in::PASSWORD_CHARS_MAX};

/// Shorter passwords are refused (NIST SP 800-63B asks for 8, and for 15 where there is no second factor).
const PASSWORD_CHARS_MIN: usize = 12;
/// What is left of a password without the words its owner is known by must be this long by itself.
const LEFT_MIN: usize = 8;
/// Words of ours that make a password no harder to guess.
const OUR_WORDS: [&str; 2] = ["plumbline", "衡善"];

/// Everything that is wrong with a new password; `own` are words that its owner is known by.
pub(crate) async fn weak(
    casework: &Casework,
    password: &str,
    own: &[&str],
) -> CaseResult<Problems> {
    let mut problems = guessable(password, own);
    let (list, form) = (Arc::clone(&casework.breached), listed_form(password));
    let listed = tokio::task::spawn_blocking(move || list.holds(&form)).await;
    if listed
        .map_err(CaseError::internal)?
        .map_err(CaseError::internal)?
    {
        problems.add(
            "password_breached",
            "new",
            "This password is known from a breach elsewhere; take one that you use nowhere else, such as four words.",
        );
    }
    Ok(problems)
}

fn guessable(password: &str, own: &[&str]) -> Problems {
    let mut problems = Problems::new();
    let letters = password.chars().count();
    if letters < PASSWORD_CHARS_MIN {
        let message = format!(
            "The password has {letters} characters; give at least {PASSWORD_CHARS_MIN}, such as four words."
        );
        let problem = Problem::new("password_short", "new", message);
        problems.push(problem.with("min", PASSWORD_CHARS_MIN.to_string()));
    } else if letters > PASSWORD_CHARS_MAX {
        let message = format!("The password has more than {PASSWORD_CHARS_MAX} characters.");
        let problem = Problem::new("password_long", "new", message);
        problems.push(problem.with("max", PASSWORD_CHARS_MAX.to_string()));
    } else {
        let words = words_of(own);
        let words: Vec<&str> = words.iter().map(String::as_str).chain(OUR_WORDS).collect();
        if left_without(password, &words) < LEFT_MIN
            || zxcvbn(password, &words).score() < Score::Three
        {
            problems.add(
                "password_guessable",
                "new",
                "This password is easily guessed: it is common, repeats itself or holds your name; take four words that have nothing to do with each other.",
            );
        }
    }
    problems
}

/// Letters and digits of a password that are in none of these words.
fn left_without(password: &str, words: &[&str]) -> usize {
    let mut words: Vec<&str> = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut left = password.to_lowercase();
    for word in words {
        // Two Latin letters are in everything; two characters are a name.
        if word.chars().count() > 2 || !word.is_ascii() {
            left = left.replace(word, " ");
        }
    }
    left.chars()
        .filter(|letter| letter.is_alphanumeric())
        .count()
}

/// A name and an address in every form in which they turn up in a password: part by part, and all together.
fn words_of(own: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for text in own {
        let lower = text.to_lowercase();
        let parts = lower.split(|letter: char| !letter.is_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        words.push(parts.concat());
        words.extend(parts.into_iter().map(str::to_owned));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(password: &str) -> Vec<String> {
        let found = guessable(password, &["chan@kestrel.example", "Chan Tai-man"]);
        found
            .into_vec()
            .into_iter()
            .map(|problem| problem.code)
            .collect()
    }

    #[test]
    fn what_is_short_common_repeated_or_ones_own_name_is_refused() {
        assert_eq!(codes("short"), ["password_short"]);
        assert_eq!(codes(&"é".repeat(201)), ["password_long"]);
        for common in [
            "password1234",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiop123456",
            "chantaiman1234",
            "plumbline2026",
            "chan@kestrel.example",
            "kestrel tai man chan",
            "Kestrel-Example-2026",
        ] {
            assert_eq!(codes(common), ["password_guessable"], "{common}");
        }
        for fine in [
            "harbour kettle 謝 ladder seven",
            "vq7-Pmt2xw9LsK",
            "kestrel ladder seven pond",
        ] {
            assert_eq!(codes(fine), [""; 0], "{fine}");
        }
    }
}
