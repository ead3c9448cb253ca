//! Where the bytes of supporting documents lie, and who looks for viruses in them: two traits whose adapters are
//! in `server`.
use async_trait::async_trait;

/// Why the file store did not do as it was told.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// There is nothing under that name.
    #[error("there is no such object")]
    Missing,
    /// Full, unreachable, not set up.
    #[error("{0}")]
    Unavailable(String),
}

/// Keeps bytes under random names.
#[async_trait]
pub trait Files: Send + Sync {
    /// Keeps an object whole, or not at all.
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError>;
    /// The bytes of an object.
    async fn get(&self, name: &str) -> Result<Vec<u8>, FilesError>;
    /// Forgets an object; none is fine as well.
    async fn delete(&self, name: &str) -> Result<(), FilesError>;
}

/// What a scanner says of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// Nothing was found.
    Clean,
    /// The name of what was found.
    Infected(String),
}

/// A scanner that gave no answer; the file stays in quarantine and is asked about again.
#[derive(Debug, thiserror::Error)]
#[error("the virus scanner gave no verdict: {0}")]
pub struct NoVerdict(pub String);

/// Looks for viruses.
#[async_trait]
pub trait Scanner: Send + Sync {
    /// What it is called in the records: `clamav`.
    fn name(&self) -> &'static str;
    /// Looks at one file.
    async fn scan(&self, bytes: &[u8]) -> Result<Scanned, NoVerdict>;
}

/// No file store: nothing can be attached.
pub struct NoFiles;

#[async_trait]
impl Files for NoFiles {
    async fn put(&self, _: &str, _: Vec<u8>) -> Result<(), FilesError> {
        Err(FilesError::Unavailable(
            "no file store is set up".to_owned(),
        ))
    }

    async fn get(&self, _: &str) -> Result<Vec<u8>, FilesError> {
        Err(FilesError::Unavailable(
            "no file store is set up".to_owned(),
        ))
    }

    async fn delete(&self, _: &str) -> Result<(), FilesError> {
        Ok(())
    }
}
