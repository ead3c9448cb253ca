//! Trying things on a value map, and the method that anybody may read.
use async_graphql::{Context, Object, SimpleObject};

use super::explore::{SroiExploration, SroiExploreInput, exploration};
use crate::{
    answer::outcome,
    caller::Caller,
    graphql::types::{Text, problems},
};

/// A step or convention of the method, in the words of the engine.
#[derive(SimpleObject)]
pub(crate) struct MethodStep {
    /// The code that steps of a working carry.
    id: &'static str,
    title: Text,
    /// Empty for a convention.
    formula: Text,
    text: Text,
    source: &'static str,
}

#[derive(Default)]
pub(crate) struct SroiQuery;

#[Object]
impl SroiQuery {
    /// Grids, scenarios and simulations of a map, computed on demand; nothing is stored.
    #[graphql(complexity = "input.weight() + 10 * child_complexity")]
    async fn sroi_explore(
        &self,
        context: &Context<'_>,
        input: SroiExploreInput,
    ) -> async_graphql::Result<SroiExploration> {
        let computed = Caller::of(context)?.act(|casework, actor| async move {
            let (subject, asked) = input.question()?;
            let answer = casework::sroi_explore(&casework, &actor, subject, asked).await?;
            exploration(&answer)
        });
        let (found, refused) = outcome(computed.await)?;
        Ok(found.unwrap_or_else(|| SroiExploration::refused(problems(refused))))
    }

    /// How a figure is computed: the source of the public method page and of every working.
    #[graphql(complexity = "30 * child_complexity + 1")]
    async fn method(&self) -> Vec<MethodStep> {
        casework::method()
            .map(|step| {
                let [title, formula, text] = step.texts().map(Text::from);
                MethodStep {
                    id: step.id,
                    title,
                    formula,
                    text,
                    source: step.source,
                }
            })
            .collect()
    }
}
