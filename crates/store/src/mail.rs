//! Mail that is due: reachable only by the identity role. A mail is taken with a lease; when sending fails, or the
//! process dies, it is due again later.
use uuid::Uuid;

use crate::{IdentityPool, StoreError};

/// A mail to write.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DueMail {
    /// Id.
    pub mail_id: Uuid,
    /// What it is about.
    pub topic: String,
    /// Whose address.
    pub email: String,
    /// How often it was tried, this time included.
    pub tries: i32,
}

/// Puts a mail into the queue, whether or not the address belongs to anybody.
pub async fn enqueue(pool: &IdentityPool, topic: &str, email: &str) -> Result<(), StoreError> {
    sqlx::query("insert into identity.mail_queue (mail_id, topic, email) values ($1, $2, $3)")
        .bind(Uuid::now_v7())
        .bind(topic)
        .bind(email)
        .execute(&pool.0)
        .await?;
    Ok(())
}

/// Takes the mail that has been due for longest. It is due again after two minutes, then four, eight and so on up
/// to an hour, unless it is [`done`] before.
pub async fn take(pool: &IdentityPool) -> Result<Option<DueMail>, StoreError> {
    Ok(sqlx::query_as(
        "update identity.mail_queue q
         set tries = q.tries + 1,
             due_at = clock_timestamp() + least(interval '1 hour', interval '2 minutes' * power(2, least(q.tries, 10)))
         where q.mail_id = (select mail_id from identity.mail_queue where due_at <= clock_timestamp()
                            order by due_at, mail_id limit 1 for update skip locked)
         returning q.mail_id, q.topic, q.email, q.tries",
    )
    .fetch_optional(&pool.0)
    .await?)
}

/// Takes a mail out of the queue: it was sent, or there is nobody to send it to.
pub async fn done(pool: &IdentityPool, mail: Uuid) -> Result<(), StoreError> {
    sqlx::query("delete from identity.mail_queue where mail_id = $1")
        .bind(mail)
        .execute(&pool.0)
        .await?;
    Ok(())
}
