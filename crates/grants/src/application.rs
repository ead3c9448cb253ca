//! An application from draft to submission. A submitted one never goes back.
use chrono::{DateTime, Utc};

/// Where an application stands on the applicant's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplicationStage {
    /// Being written; belongs to the NGO alone.
    Draft,
    /// A frozen version has been delivered.
    Submitted,
    /// Taken back by the applicant.
    Withdrawn,
}

/// Why a transition is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StageError {
    /// The deadline has passed.
    #[error("the round is closed")]
    RoundClosed,
    /// Only a draft can be changed or submitted.
    #[error("the application is not a draft")]
    NotDraft,
    /// It has been withdrawn already.
    #[error("the application is withdrawn")]
    Withdrawn,
}

impl ApplicationStage {
    /// The stable name, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Draft, Self::Submitted, Self::Withdrawn]
            .into_iter()
            .find(|stage| stage.as_str() == name)
    }

    /// Submits at a moment: allowed up to the deadline and no later. The database judges the same
    /// rule by its own clock when the version is recorded.
    pub fn submit(self, at: DateTime<Utc>, deadline: DateTime<Utc>) -> Result<Self, StageError> {
        match self {
            Self::Draft if at <= deadline => Ok(Self::Submitted),
            Self::Draft => Err(StageError::RoundClosed),
            Self::Submitted => Err(StageError::NotDraft),
            Self::Withdrawn => Err(StageError::Withdrawn),
        }
    }

    /// Takes the application back.
    pub fn withdraw(self) -> Result<Self, StageError> {
        match self {
            Self::Draft | Self::Submitted => Ok(Self::Withdrawn),
            Self::Withdrawn => Err(StageError::Withdrawn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_submitted_up_to_the_deadline_and_no_later() {
        let deadline: DateTime<Utc> = "2027-01-15T10:00:00Z".parse().unwrap();
        let late = "2027-01-15T10:00:00.000001Z".parse().unwrap();
        let draft = ApplicationStage::Draft;
        assert_eq!(
            draft.submit(deadline, deadline),
            Ok(ApplicationStage::Submitted)
        );
        assert_eq!(draft.submit(late, deadline), Err(StageError::RoundClosed));
        assert_eq!(
            ApplicationStage::Submitted.submit(deadline, deadline),
            Err(StageError::NotDraft)
        );
    }

    #[test]
    fn a_withdrawn_application_stays_withdrawn() {
        let withdrawn = ApplicationStage::Submitted.withdraw().unwrap();
        assert_eq!(withdrawn.withdraw(), Err(StageError::Withdrawn));
    }
}
