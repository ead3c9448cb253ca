//! Charges each operation's complexity to whoever asks, after the document was checked and before anything is done.
use std::sync::Arc;

use async_graphql::{
    ErrorExtensions as _, ServerError, ValidationResult,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation},
};

use crate::cost::{Charge, seconds};

/// The extension that charges.
pub(crate) struct Charged;

impl ExtensionFactory for Charged {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for Charged {
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let checked = next.run(context).await?;
        if let Some(charge) = context.data_opt::<Arc<Charge>>() {
            let cost = u64::try_from(checked.complexity).unwrap_or(u64::MAX);
            charge
                .take(cost)
                .await
                .map_err(|wait| vec![spent(seconds(wait))])?;
        }
        Ok(checked)
    }
}

fn spent(seconds: u64) -> ServerError {
    let message = format!("The cost budget is spent. Ask again in {seconds} s.");
    let error = async_graphql::Error::new(message)
        .extend_with(|_, values| values.set("code", "cost_budget_spent"));
    error.into_server_error(async_graphql::Pos::default())
}
