//! `with-postgres COMMAND…`: runs a command beside one throw-away cluster, so that hundreds of test
//! processes share it instead of making one each.

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};

use embedded::{Cluster, Options, TEST_DATABASE_URL};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(sentence) => {
            // With standard error closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let mut words = std::env::args_os().skip(1);
    let program = words
        .next()
        .ok_or("give the command to run, as in `with-postgres cargo test`")?;
    let cluster = Cluster::throw_away(Path::new(".plumbline"), &Options::from_env())
        .map_err(|error| error.to_string())?;
    let status = Command::new(&program)
        .args(words)
        .env(TEST_DATABASE_URL, cluster.superuser_url("postgres"))
        .status()
        .map_err(|error| format!("could not run {}: {error}", program.display()))?;
    drop(cluster);
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
