//! The record's files as objects of an S3-compatible store: each put on a condition, so that nothing is overwritten unseen.
//!
//! Trust: the store's own word that a condition held. A store that does not honour conditions is found out when the lock
//! is taken ([`crate::Lock::among`]) and not signed with. An answer that was lost is asked for again, by reading.

pub(crate) mod address;
mod connect;

use crate::Error;
use crate::wait::{runtime, wait};
use address::{Access, Address};
use futures_util::TryStreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder, S3ConditionalPut};
use object_store::path::Path;
use object_store::{
    ClientOptions, ObjectStore as _, ObjectStoreExt as _, PutMode, PutOptions, RetryConfig,
    UpdateVersion,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Tries of a request after the first, and how long they may go on.
const TRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(4);
/// Bytes of tiles that are kept in memory; a tile's path says what it holds, so it never changes.
const TILES: usize = 16 << 20;

/// A version of an object, as the store names it.
pub(crate) type Version = UpdateVersion;

/// The objects below one address.
#[derive(Debug)]
pub(crate) struct Objects {
    store: Arc<AmazonS3>,
    address: Address,
    tiles: Mutex<(usize, HashMap<String, Vec<u8>>)>,
    /// The version of the checkpoint that was last seen or written.
    pub(crate) checkpoint: Mutex<Option<Version>>,
}

impl Objects {
    /// The objects at `address`, as in `s3://bucket/prefix`. Nothing is asked of the store yet.
    pub(crate) fn open(address: &str, access: &Access) -> Result<Self, Error> {
        let address = Address::read(address)?;
        let wrong =
            |sentence: String| Error::Unreachable { address: address.to_string(), sentence };
        access.check().map_err(wrong)?;
        let retry =
            RetryConfig { max_retries: TRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&address.bucket)
            .with_region(access.region())
            .with_access_key_id(&access.key)
            .with_secret_access_key(&access.secret)
            .with_conditional_put(S3ConditionalPut::ETagMatch)
            .with_retry(retry)
            .with_client_options(ClientOptions::new())
            .with_http_connector(connect::Connector::new()?);
        if let Some(endpoint) = &access.endpoint {
            builder =
                builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(token) = &access.token {
            builder = builder.with_token(token);
        }
        let store = builder.build().map_err(|error| wrong(error.to_string()))?;
        Ok(Self {
            store: Arc::new(store),
            address,
            tiles: Mutex::default(),
            checkpoint: Mutex::default(),
        })
    }

    /// The same store's objects beside these, where no copy of the record takes them along.
    pub(crate) fn beside(&self, ending: &str) -> Self {
        let address = self.address.beside(ending);
        let store = Arc::clone(&self.store);
        Self { store, address, tiles: Mutex::default(), checkpoint: Mutex::default() }
    }

    /// Where the object `name` is, for people.
    pub(crate) fn shown(&self, name: &str) -> std::path::PathBuf {
        format!("{}/{name}", self.address).into()
    }

    /// The object's bytes and version; `None` when there is none.
    pub(crate) fn get(&self, name: &str) -> Result<Option<(Vec<u8>, Version)>, Error> {
        let (store, key) = (Arc::clone(&self.store), self.key(name));
        self.ask(name, false, async move {
            match store.get(&key).await {
                Ok(found) => {
                    let version = Version {
                        e_tag: found.meta.e_tag.clone(),
                        version: found.meta.version.clone(),
                    };
                    Ok(Some((found.bytes().await?.to_vec(), version)))
                }
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// A tile's bytes, from memory when it was read before.
    pub(crate) fn tile(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let known = |tiles: &Mutex<(usize, HashMap<String, Vec<u8>>)>| {
            tiles.lock().unwrap_or_else(PoisonError::into_inner).1.get(name).cloned()
        };
        if let Some(bytes) = known(&self.tiles) {
            return Ok(Some(bytes));
        }
        let Some((bytes, _)) = self.get(name)? else { return Ok(None) };
        let mut tiles = self.tiles.lock().unwrap_or_else(PoisonError::into_inner);
        if tiles.0 + bytes.len() > TILES {
            *tiles = Default::default();
        }
        tiles.0 += bytes.len();
        tiles.1.insert(name.to_owned(), bytes.clone());
        Ok(Some(bytes))
    }

    /// Writes an object that is not there yet; `None` when there is one.
    pub(crate) fn create(&self, name: &str, bytes: &[u8]) -> Result<Option<Version>, Error> {
        self.put(name, bytes, PutMode::Create)
    }

    /// Writes an object in the place of the version `known`; `None` when it is another by now.
    pub(crate) fn update(
        &self,
        name: &str,
        bytes: &[u8],
        known: &Version,
    ) -> Result<Option<Version>, Error> {
        self.put(name, bytes, PutMode::Update(known.clone()))
    }

    /// Writes an object in the place of the version `known`, or of none; `None` when that is not what is there by now.
    pub(crate) fn put_over(
        &self,
        name: &str,
        bytes: &[u8],
        known: Option<&Version>,
    ) -> Result<Option<Version>, Error> {
        match known {
            Some(version) => self.update(name, bytes, version),
            None => self.create(name, bytes),
        }
    }

    fn put(&self, name: &str, bytes: &[u8], mode: PutMode) -> Result<Option<Version>, Error> {
        let (store, key, payload) =
            (Arc::clone(&self.store), self.key(name), bytes.to_vec().into());
        self.ask(name, true, async move {
            match store.put_opts(&key, payload, PutOptions::from(mode)).await {
                Ok(put) => Ok(Some(Version { e_tag: put.e_tag, version: put.version })),
                Err(
                    object_store::Error::AlreadyExists { .. }
                    | object_store::Error::Precondition { .. }
                    | object_store::Error::NotFound { .. },
                ) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// Removes an object, if it is there.
    pub(crate) fn remove(&self, name: &str) -> Result<(), Error> {
        let (store, key) = (Arc::clone(&self.store), self.key(name));
        self.ask(name, true, async move {
            match store.delete(&key).await {
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                other => other,
            }
        })
    }

    /// The names of all objects, in order.
    pub(crate) fn list(&self) -> Result<Vec<String>, Error> {
        let (store, prefix) = (Arc::clone(&self.store), Path::from(self.address.prefix.as_str()));
        let start = format!("{}/", self.address.prefix);
        let mut names: Vec<String> = self.ask("", false, async move {
            let all = store.list(Some(&prefix));
            all.map_ok(|meta| meta.location.to_string()).try_collect().await
        })?;
        names.retain_mut(|name| match name.strip_prefix(&start) {
            Some(rest) => {
                *name = rest.to_owned();
                true
            }
            None => false,
        });
        names.sort();
        Ok(names)
    }

    fn key(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.address.prefix))
    }

    /// Waits for an answer about `name`; an error of a `write` leaves in doubt whether it was done.
    fn ask<T: Send + 'static>(
        &self,
        name: &str,
        write: bool,
        answer: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T, Error> {
        let fail = |sentence: String| Error::Objects { path: self.shown(name), sentence, write };
        match wait(runtime()?.spawn(answer), None) {
            Some(Ok(Ok(answer))) => Ok(answer),
            Some(Ok(Err(error))) => Err(fail(said(&error))),
            Some(Err(_)) | None => Err(fail("the request fell".into())),
        }
    }
}

/// The error with its causes, as one sentence.
fn said(error: &object_store::Error) -> String {
    let mut sentence = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !sentence.contains(&more) {
            sentence = format!("{sentence}: {more}");
        }
        cause = error.source();
    }
    sentence
}
