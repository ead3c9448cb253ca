//! The file store over `object_store`: a folder of this machine, or any service that speaks the S3 API.
use std::{io, os::unix::fs::DirBuilderExt as _, path::Path as Folder, sync::Arc, time::Duration};

use casework::{Files, FilesError};
use object_store::{
    ClientOptions, Error, ObjectStore, ObjectStoreExt as _, RetryConfig, aws::AmazonS3Builder,
    local::LocalFileSystem, path::Path,
};

use crate::s3_http::Connector;

/// No request of the store may take longer.
const REQUEST_WAIT: Duration = Duration::from_mins(1);
/// How long a store that does not answer is tried, all tries together.
const TRIES_WAIT: Duration = Duration::from_secs(90);
const TRIES_MAX: usize = 3;

/// Where a service that speaks the S3 API is, and how to sign in.
pub struct S3 {
    /// Name of the bucket.
    pub bucket: String,
    /// Address of the service, such as `https://s3.example.org`; none for the cloud's own.
    pub endpoint: Option<String>,
    /// Region, such as `ap-east-1`.
    pub region: String,
    /// Id of the key.
    pub access_key_id: String,
    /// The key.
    pub secret_access_key: String,
}

/// Bytes under random names.
pub struct ObjectFiles {
    store: Arc<dyn ObjectStore>,
}

impl ObjectFiles {
    /// In a folder, which is made when it is not there.
    pub fn in_folder(folder: &Folder) -> io::Result<Self> {
        private_folder(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?
            .with_automatic_cleanup(false)
            .with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
        })
    }

    /// In a bucket.
    pub fn in_bucket(s3: &S3) -> io::Result<Self> {
        let retry = RetryConfig {
            max_retries: TRIES_MAX,
            retry_timeout: TRIES_WAIT,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_access_key_id(&s3.access_key_id)
            .with_secret_access_key(&s3.secret_access_key)
            .with_client_options(ClientOptions::new().with_timeout(REQUEST_WAIT))
            .with_http_connector(Connector::new(REQUEST_WAIT))
            // One request for one object: not every service knows lists of deletions.
            .with_disable_bulk_delete(true)
            .with_retry(retry);
        if let Some(endpoint) = &s3.endpoint {
            // Plain HTTP is for a store beside this machine; its operator writes it in the address.
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Self {
            store: Arc::new(builder.build()?),
        })
    }
}

#[async_trait::async_trait]
impl Files for ObjectFiles {
    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.store
            .put(&Path::from(name), bytes.into())
            .await
            .map_err(failed)?;
        Ok(())
    }

    async fn get(&self, name: &str) -> Result<Vec<u8>, FilesError> {
        let found = self.store.get(&Path::from(name)).await.map_err(failed)?;
        Ok(found.bytes().await.map_err(failed)?.into())
    }

    async fn delete(&self, name: &str) -> Result<(), FilesError> {
        match self.store.delete(&Path::from(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(other) => Err(failed(other)),
        }
    }
}

/// Makes a folder that only its owner can open; one that is there keeps the rights that its owner gave it.
fn private_folder(folder: &Folder) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

fn failed(error: Error) -> FilesError {
    match error {
        Error::NotFound { .. } => FilesError::Missing,
        other => FilesError::Unavailable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use super::*;

    #[test]
    fn nobody_else_on_the_machine_opens_the_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("kept/files");
        drop(ObjectFiles::in_folder(&folder).unwrap());
        let mode = fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
