//! The shipped binary as a process of its own, for what only processes can show: killing one.
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;

use crate::World;

/// The `plumbline` binary: `PLUMBLINE_BIN`, or the one that was built beside the tests.
pub fn plumbline_binary() -> PathBuf {
    if let Some(binary) = std::env::var_os("PLUMBLINE_BIN") {
        return PathBuf::from(binary);
    }
    let test = std::env::current_exe().unwrap();
    // A test's executable lies in `deps`, one folder below.
    let folder = test.parent().and_then(Path::parent).unwrap();
    let binary = folder.join("plumbline");
    assert!(
        binary.exists(),
        "{} is missing: build the package `server` first, or name the binary in PLUMBLINE_BIN",
        binary.display()
    );
    binary
}

impl World {
    /// Where the files of this world's processes are.
    pub fn plumbline_folder(&self) -> &Path {
        self.folder.path()
    }

    /// A command of the binary on this world's database, without Redis.
    pub fn plumbline(&self, arguments: &[&str]) -> Command {
        let passwords = &self.settings.passwords;
        let secrets = json!({
            "owner": passwords.owner, "app": passwords.app, "worker": passwords.worker,
            "identity": passwords.identity, "report": passwords.report,
            "sector_key": "sector key of tests", "audit_key": crate::template::AUDIT_KEY,
            "field_keys": [{"id": "tests", "key": crate::FIELD_KEY}], "demo_password": crate::PASSWORD,
        });
        let file = self.folder.path().join("secrets.json");
        fs::write(&file, secrets.to_string()).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let mut command = Command::new(plumbline_binary());
        command
            .args(arguments)
            .env("PLUMBLINE_DATABASE_HOST", &self.settings.host)
            .env("PLUMBLINE_DATABASE_PORT", self.settings.port.to_string())
            .env("PLUMBLINE_DATABASE_NAME", &self.settings.database)
            .env("PLUMBLINE_SECRETS", file)
            .env(
                "PLUMBLINE_CHECKPOINTS",
                self.folder.path().join("checkpoints.jsonl"),
            )
            .env("PLUMBLINE_MAIL_FOLDER", self.folder.path().join("mail"))
            .env_remove("REDIS_URL");
        command
    }
}
