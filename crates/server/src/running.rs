//! Serving and working until told to stop.
use std::{future::Future, net::SocketAddr, path::Path, sync::Arc};

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
    breached::BreachedFile,
    connections::{self, HEAD_WAIT},
    doors, output,
    secrets::Secrets,
    settings::{DatabaseArgs, OutwardArgs, ServeArgs},
};

/// Jobs at a time beside the API.
const CONCURRENCY: usize = 4;
/// How long requests that are under way may take once the process is told to stop.
const DRAIN: std::time::Duration = std::time::Duration::from_secs(10);
/// Computings that run at one time; the others wait their turn instead of taking every core from everybody.
const COMPUTINGS_MAX: usize = 16;

/// Runs a future on a runtime of its own.
pub(crate) fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(COMPUTINGS_MAX)
        .enable_all()
        .build()?
        .block_on(work)
}

/// The product with everything that it stands on.
pub(crate) struct Product {
    pub(crate) databases: Databases,
    pub(crate) bell: Bell,
    pub(crate) casework: Casework,
}

impl Product {
    /// Puts it together over open databases.
    pub(crate) async fn over(
        databases: Databases,
        secrets: &Secrets,
        checkpoints: &Path,
        outward: &OutwardArgs,
        listen: Option<SocketAddr>,
        demo: bool,
    ) -> anyhow::Result<Self> {
        let bell = bell::of_process().await?;
        let ring = Arc::new(WorkersBell(bell.clone()));
        let log = CheckpointFile::new(checkpoints.to_owned());
        // Beside the checkpoints, unless the settings say where.
        let beside = checkpoints.with_file_name("files");
        let mut casework = Casework::new(databases.clone(), ring, secrets.casework()?, demo)
            .with_checkpoints(Arc::new(log))
            .with_mailer(outward.mail.mailer()?, &outward.mail.public_url(listen))
            .with_files(
                Arc::new(outward.files.store(&beside)?),
                outward.files.scanner(),
            )
            .with_provider(outward.provider.provider()?);
        if let Some(list) = &outward.breached_passwords {
            std::fs::File::open(list)
                .with_context(|| format!("--breached-passwords {}", list.display()))?;
            casework = casework.with_breached(Arc::new(BreachedFile(list.clone())));
        }
        Ok(Self {
            databases,
            bell,
            casework,
        })
    }

    async fn of_settings(
        database: &DatabaseArgs,
        outward: &OutwardArgs,
        listen: Option<SocketAddr>,
    ) -> anyhow::Result<Self> {
        let (settings, secrets) = database.settings()?;
        let databases = database.connect(&settings).await?;
        let checkpoints = &database.checkpoints;
        Self::over(databases, &secrets, checkpoints, outward, listen, false).await
    }

    /// Works, seals the audit trail, sends the mail that is due and lets go what has aged, until told to stop.
    async fn work(self, concurrency: usize, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
        let options = Options {
            concurrency,
            ..Options::default()
        };
        let cases = Arc::new(Cases(self.casework.clone()));
        let runner = Runner::new(&self.databases.worker, self.bell, cases, options);
        let (mut stop_sealing, mut stop_posting) = (stop.clone(), stop.clone());
        let mut stop_expiring = stop.clone();
        let sealing = jobs::seal(self.casework.clone(), async move {
            stopped(&mut stop_sealing).await;
        });
        let expiring = jobs::expire(self.casework.clone(), async move {
            stopped(&mut stop_expiring).await;
        });
        let posting = jobs::post(self.casework, async move {
            stopped(&mut stop_posting).await;
        });
        let working = async {
            let until = async move { stopped(&mut stop).await };
            runner.run(until).await.context("working")
        };
        let keeping = async {
            tokio::join!(sealing, expiring, posting);
            Ok(())
        };
        tokio::try_join!(working, keeping)?;
        Ok(())
    }
}

/// `plumbline serve`.
pub(crate) fn serve(
    database: &DatabaseArgs,
    args: &ServeArgs,
    outward: &OutwardArgs,
) -> anyhow::Result<()> {
    output::start_logging();
    block_on(async {
        let product = Product::of_settings(database, outward, Some(args.listen)).await?;
        let listener = listen(args).await?;
        output::line(&format!("serving on http://{}", args.listen))?;
        Box::pin(run(product, listener, args)).await
    })
}

/// `plumbline work`.
pub(crate) fn work(
    database: &DatabaseArgs,
    concurrency: usize,
    outward: &OutwardArgs,
) -> anyhow::Result<()> {
    output::start_logging();
    block_on(async {
        let product = Product::of_settings(database, outward, None).await?;
        let stop = stop_signal()?;
        output::line("working")?;
        Box::pin(product.work(concurrency, stop)).await
    })
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
    product: Product,
    listener: TcpListener,
    args: &ServeArgs,
) -> anyhow::Result<()> {
    let web_dir = args
        .web
        .join("index.html")
        .exists()
        .then(|| args.web.clone());
    let router = api::router(ApiState {
        casework: product.casework.clone(),
        web_dir,
        introspection: product.casework.demo,
        documents: doors::documents(args, product.casework.demo)?,
        budget: doors::budget(args)?,
        behind_proxy: args.behind_proxy,
    });
    let stop = stop_signal()?;
    let (mut stop_serving, mut deadline) = (stop.clone(), stop.clone());
    let serving = async move {
        let stop = async move { stopped(&mut stop_serving).await };
        tokio::select! {
            () = connections::serve(listener, router, HEAD_WAIT, stop) => Ok(()),
            // An open subscription would keep a graceful shutdown waiting for ever.
            () = async { stopped(&mut deadline).await; tokio::time::sleep(DRAIN).await } => Ok(()),
        }
    };
    if args.no_workers {
        return serving.await;
    }
    tokio::try_join!(serving, Box::pin(product.work(CONCURRENCY, stop)))?;
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
