//! Two ways of sending mail: over SMTP when the operator names a server, else into a folder, where the operator
//! reads it. Both write the same message.
use std::{
    fs, io,
    io::Write as _,
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use casework::{Mail, Mailer, Sending};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

/// A mail server that does not answer within this time is tried again later.
const SMTP_WAIT: Duration = Duration::from_secs(20);

/// Where mail goes, and what it says of us.
#[derive(clap::Args, Clone)]
pub(crate) struct MailArgs {
    /// Mail server, such as `smtps://user:password@mail.example.org`; without it mail is written into a folder
    #[arg(long, env = "PLUMBLINE_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Folder for mail where no mail server is named
    #[arg(long, env = "PLUMBLINE_MAIL_FOLDER", default_value = ".plumbline/mail")]
    mail_folder: PathBuf,
    /// Who mail is from
    #[arg(
        long,
        env = "PLUMBLINE_MAIL_FROM",
        default_value = "Plumbline <no-reply@localhost.localdomain>"
    )]
    mail_from: String,
    /// Address under which people reach the web app, such as `https://grants.example.org`; links in mail begin
    /// with it. Without it they begin with the address that is listened on
    #[arg(long, env = "PLUMBLINE_PUBLIC_URL")]
    public_url: Option<String>,
}

impl MailArgs {
    /// With what links begin.
    pub(crate) fn public_url(&self, listen: Option<SocketAddr>) -> String {
        let own = || {
            let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
            format!("http://{listen}")
        };
        self.public_url.clone().unwrap_or_else(own)
    }

    /// The mailer that was asked for.
    pub(crate) fn mailer(&self) -> anyhow::Result<Arc<dyn Mailer>> {
        let from: Mailbox = self
            .mail_from
            .parse()
            .with_context(|| format!("--mail-from {:?} is not an address such as Plumbline <no-reply@grants.example.org>", self.mail_from))?;
        let Some(url) = self
            .smtp_url
            .as_deref()
            .filter(|url| !url.trim().is_empty())
        else {
            return Ok(Arc::new(FolderMailer {
                from,
                folder: self.mail_folder.clone(),
            }));
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .context("the mail server's address is not one such as smtps://user:password@mail.example.org")?
            .timeout(Some(SMTP_WAIT))
            .build();
        Ok(Arc::new(SmtpMailer { from, transport }))
    }
}

fn message(from: &Mailbox, mail: &Mail) -> Result<Message, String> {
    let to: Mailbox = mail
        .to
        .parse()
        .map_err(|_| "the recipient's address cannot be written to".to_owned())?;
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(|error| error.to_string())
}

struct FolderMailer {
    from: Mailbox,
    folder: PathBuf,
}

impl Mailer for FolderMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            let message = message(&self.from, mail)?.formatted();
            let name = format!("{}.eml", uuid::Uuid::now_v7());
            let path = self.folder.join(name);
            kept(&path, &message).map_err(|error| error.to_string())?;
            tracing::info!(path = %path.display(), "a mail was written to its folder; no mail server is set");
            Ok(())
        })
    }
}

/// Readable by its owner only: a mail may hold a link that opens an account.
fn kept(path: &Path, message: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(message)?;
    file.sync_all()
}

/// What a mail server did, without its words: they may repeat what it was sent.
fn refusal(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None => "the mail server could not be spoken to".to_owned(),
    }
}

struct SmtpMailer {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer for SmtpMailer {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            let message = message(&self.from, mail)?;
            let sent = self.transport.send(message).await;
            sent.map(|_| ()).map_err(|error| refusal(&error))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_one_message_whatever_its_words_say() {
        let from: Mailbox = "Plumbline <no-reply@grants.example>".parse().unwrap();
        let mail = Mail {
            to: "officer@ngo.example".to_owned(),
            subject: "重設密碼\r\nBcc: thief@example.org".to_owned(),
            text: "一\r\n.\r\nQUIT\r\n".to_owned(),
        };
        let written = String::from_utf8(message(&from, &mail).unwrap().formatted()).unwrap();
        let headers = written.split("\r\n\r\n").next().unwrap();
        assert!(
            !headers.lines().any(|line| line.starts_with("Bcc")),
            "{headers}"
        );
        let stranger = Mail {
            to: "officer@ngo.example>, <thief@example.org".to_owned(),
            ..mail
        };
        assert!(message(&from, &stranger).is_err());
    }

    #[test]
    fn what_is_written_is_read_by_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let mail = root.path().join("mail/one.eml");
        kept(&mail, b"a link").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&mail), 0o600);
        assert_eq!(mode(mail.parent().unwrap()), 0o700);
    }
}
