//! What every route needs.
use std::{path::PathBuf, sync::Arc};

use casework::Casework;
use tokio::sync::Semaphore;

use crate::{
    cost::CostBudget,
    documents::Documents,
    graphql::{self, Schema},
};

/// Sockets that one process holds open; each reads its session once a second.
const SOCKETS_MAX: usize = 2_000;

/// Files that one process takes in at a time: each is in memory while it is weighed.
const UPLOADS_MAX: usize = 8;

/// How the doors are to be opened.
#[derive(Clone)]
pub struct ApiState {
    /// The product.
    pub casework: Casework,
    /// Folder of the built web app; without it only the API is served.
    pub web_dir: Option<PathBuf>,
    /// Whether the schema may be asked about itself: for development only.
    pub introspection: bool,
    /// What sessions may ask.
    pub documents: Documents,
    /// What callers may cost.
    pub budget: Arc<dyn CostBudget>,
    /// Whether a proxy of ours stands in front, whose `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
}

/// The state of a running server.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) casework: Casework,
    pub(crate) web_dir: Option<Arc<PathBuf>>,
    pub(crate) behind_proxy: bool,
    pub(crate) schema: Schema,
    pub(crate) documents: Arc<Documents>,
    pub(crate) budget: Arc<dyn CostBudget>,
    pub(crate) sockets: Arc<Semaphore>,
    pub(crate) uploads: Arc<Semaphore>,
}

impl App {
    pub(crate) fn new(state: ApiState) -> Self {
        Self {
            casework: state.casework,
            web_dir: state.web_dir.map(Arc::new),
            behind_proxy: state.behind_proxy,
            schema: graphql::schema(state.introspection),
            documents: Arc::new(state.documents),
            budget: state.budget,
            sockets: Arc::new(Semaphore::new(SOCKETS_MAX)),
            uploads: Arc::new(Semaphore::new(UPLOADS_MAX)),
        }
    }
}
