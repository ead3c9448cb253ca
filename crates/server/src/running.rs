//! Serving and working until told to stop.
use std::{future::Future, path::Path, sync::Arc};

use anyhow::{Context as _, bail};
use api::ApiState;
use casework::Casework;
use jobs::{Bell, Cases, Options, Runner};
use store::Databases;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    audit::CheckpointFile,
    bell::{self, WorkersBell},
    output,
    settings::{DatabaseArgs, FileArgs, ServeArgs},
};

/// How long requests that are under way may take once the process is told to stop.
const DRAIN: std::time::Duration = std::time::Duration::from_secs(10);

/// Runs a future on a runtime of its own.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(work)
}

/// The product over a bell.
pub(crate) fn casework(
    databases: &Databases,
    bell: &Bell,
    secrets: casework::Secrets,
    checkpoints: &Path,
    files: &FileArgs,
    demo: bool,
) -> anyhow::Result<Casework> {
    let log = CheckpointFile::new(checkpoints.to_owned());
    let bell = Arc::new(WorkersBell(bell.clone()));
    // Beside the checkpoints, unless the settings say where.
    let beside = checkpoints.with_file_name("files");
    Ok(Casework::new(databases.clone(), bell, secrets, demo)
        .with_checkpoints(Arc::new(log))
        .with_files(Arc::new(files.store(&beside)?), files.scanner()))
}

/// `plumbline serve`.
pub(crate) fn serve(database: &DatabaseArgs, args: &ServeArgs) -> anyhow::Result<()> {
    output::start_logging();
    let (settings, secrets) = database.settings()?;
    block_on(async {
        let databases = settings
            .connect()
            .await
            .context(unreachable_database(database))?;
        let bell = bell::of_process().await?;
        let casework = casework(
            &databases,
            &bell,
            secrets.casework(),
            &database.checkpoints,
            &database.files,
            false,
        )?;
        let listener = listen(args).await?;
        output::line(&format!("serving on http://{}", args.listen))?;
        run(&databases, &bell, casework, listener, args).await
    })
}

/// `plumbline work`.
pub(crate) fn work(database: &DatabaseArgs, concurrency: usize) -> anyhow::Result<()> {
    output::start_logging();
    let (settings, secrets) = database.settings()?;
    block_on(async {
        let databases = settings
            .connect()
            .await
            .context(unreachable_database(database))?;
        let bell = bell::of_process().await?;
        let casework = casework(
            &databases,
            &bell,
            secrets.casework(),
            &database.checkpoints,
            &database.files,
            false,
        )?;
        let options = Options {
            concurrency,
            ..Options::default()
        };
        let cases = Arc::new(Cases(casework.clone()));
        let runner = Runner::new(&databases.worker, bell, cases, options);
        let mut stop = stop_signal()?;
        let mut stop_sealing = stop.clone();
        output::line("working")?;
        let sealing = async {
            jobs::seal(casework, async move { stopped(&mut stop_sealing).await }).await;
            Ok(())
        };
        let working = async {
            let until = async move { stopped(&mut stop).await };
            runner.run(until).await.context("working")
        };
        tokio::try_join!(working, sealing)?;
        Ok(())
    })
}

fn unreachable_database(database: &DatabaseArgs) -> String {
    format!(
        "PostgreSQL on {}:{} does not let us in; is it running, and was `plumbline migrate` run with {}?",
        database.database_host,
        database.database_port,
        database.secrets.display()
    )
}

/// Takes the address, or says who has it.
pub(crate) async fn listen(args: &ServeArgs) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(args.listen).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {} is taken by another program; stop it, or choose another with --listen 127.0.0.1:8081",
            args.listen.port()
        ),
        Err(error) => bail!("cannot listen on {}: {error}", args.listen),
    }
}

/// Serves, and works unless told otherwise, until a signal comes or a part stops unasked.
pub(crate) async fn run(
    databases: &Databases,
    bell: &Bell,
    casework: Casework,
    listener: TcpListener,
    args: &ServeArgs,
) -> anyhow::Result<()> {
    let web_dir = args
        .web
        .join("index.html")
        .exists()
        .then(|| args.web.clone());
    let router = api::router(ApiState {
        casework: casework.clone(),
        web_dir,
        introspection: casework.demo,
        behind_proxy: args.behind_proxy,
    });
    let mut stop = stop_signal()?;
    let mut stop_serving = stop.clone();
    let mut deadline = stop.clone();
    let serving = async move {
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        let graceful = axum::serve(listener, service)
            .with_graceful_shutdown(async move { stopped(&mut stop_serving).await });
        tokio::select! {
            outcome = graceful => outcome.context("serving"),
            // An open subscription would keep a graceful shutdown waiting for ever.
            () = async { stopped(&mut deadline).await; tokio::time::sleep(DRAIN).await } => Ok(()),
        }
    };
    if args.no_workers {
        return serving.await;
    }
    let options = Options {
        concurrency: 4,
        ..Options::default()
    };
    let runner = Runner::new(
        &databases.worker,
        bell.clone(),
        Arc::new(Cases(casework.clone())),
        options,
    );
    let mut stop_sealing = stop.clone();
    let sealing = async {
        jobs::seal(casework, async move { stopped(&mut stop_sealing).await }).await;
        Ok(())
    };
    let working = async {
        runner
            .run(async { stopped(&mut stop).await })
            .await
            .context("working")
    };
    tokio::try_join!(serving, working, sealing)?;
    Ok(())
}

/// Becomes true on SIGTERM or Ctrl-C.
pub(crate) fn stop_signal() -> anyhow::Result<watch::Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _ = sender.send(true);
        // Keeps the channel open for those who still look at it.
        sender.closed().await;
    });
    Ok(receiver)
}

/// Waits for the signal.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
