//! A mail server's side of the tests: keeps what the product hands over.
use std::sync::{Arc, Mutex};

use casework::{Casework, Mail, Mailer, Sending};
use testkit::World;

/// With what links begin.
const ORIGIN: &str = "https://grants.example";

/// Keeps mails, unless it is shut.
#[derive(Default)]
pub(crate) struct Letterbox {
    mails: Mutex<Vec<Mail>>,
    shut: Mutex<bool>,
}

impl Mailer for Letterbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            if *self.shut.lock().unwrap() {
                return Err("the letterbox is shut".to_owned());
            }
            self.mails.lock().unwrap().push(mail.clone());
            Ok(())
        })
    }
}

impl Letterbox {
    /// The product of a world with a letterbox for its mail.
    pub(crate) fn of(world: &World) -> (Casework, Arc<Self>) {
        let letterbox = Arc::new(Self::default());
        let casework = world.casework().clone();
        let casework = casework.with_mailer(letterbox.clone(), &format!("{ORIGIN}/"));
        (casework, letterbox)
    }

    /// Everything that came since the last time.
    pub(crate) fn taken(&self) -> Vec<Mail> {
        std::mem::take(&mut *self.mails.lock().unwrap())
    }

    /// Refuses mail, or takes it again.
    pub(crate) fn shut(&self, shut: bool) {
        *self.shut.lock().unwrap() = shut;
    }

    /// The token of the newest mail's link to a page; everything that came is taken.
    pub(crate) fn link(&self, page: &str) -> String {
        let mails = self.taken();
        let text = &mails.last().unwrap().text;
        let after = text.split(&format!("{ORIGIN}/{page}#")).nth(1).unwrap();
        after.split_whitespace().next().unwrap().to_owned()
    }
}
