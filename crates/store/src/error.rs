//! What can go wrong in the database, sorted by what the caller can do about it.

/// A failure of the database or of a constraint.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A named constraint was violated; casework turns the ones a user can cause into problems.
    #[error("constraint {0} was violated")]
    Constraint(String),
    /// The row is not there, or not this tenant's.
    #[error("not found")]
    NotFound,
    /// Somebody else changed the row since it was read.
    #[error("the row was changed by somebody else")]
    VersionConflict,
    /// What is stored does not fit what the code expects.
    #[error("stored {what} is not understood: {detail}")]
    Corrupt {
        /// Which column.
        what: &'static str,
        /// What was found.
        detail: String,
    },
    /// A migration failed or is missing.
    #[error("migration failed: {0}")]
    Migration(String),
    /// The connection, a timeout, or a statement that should not fail.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::RowNotFound = error {
            return Self::NotFound;
        }
        if let Some(database) = error.as_database_error()
            && let Some(constraint) = database.constraint()
        {
            return Self::Constraint(constraint.to_owned());
        }
        Self::Database(error)
    }
}

impl StoreError {
    /// For columns whose text has no meaning in the code.
    pub(crate) fn corrupt(what: &'static str, detail: impl Into<String>) -> Self {
        Self::Corrupt {
            what,
            detail: detail.into(),
        }
    }

    /// The name of the violated constraint, if that is what happened.
    pub fn constraint(&self) -> Option<&str> {
        if let Self::Constraint(name) = self {
            Some(name)
        } else {
            None
        }
    }
}
