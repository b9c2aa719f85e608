//! The engine: one batch at a time through the durable steps.
//!
//! Plan, stage, read back and compute again, sign, swap into the lock, write files, publish, acknowledge. Before the
//! signature a failure costs the batch. From the signature on, or whenever it is in doubt what reached the disk, a
//! failure stops all signing until a new start has compared the lock with what is stored: a sync that failed is never
//! tried again, since the system may have dropped what it should have written.

use super::check::{self, Edge};
use super::faults::{Faults, Step, When, step};
use super::plan::Plan;
use super::{Clock, Error, Job, Outcome, clock, lock, recover};
use ovn_edition::leaf::Leaf;
use ovn_store::{Batch, Files, Lock, Reader, Settings, StagedFile, Writer};
use ovn_tlog::{Checkpoint, Signer};
use std::path::Path;
use std::sync::Arc;

/// Entries in a batch.
const LARGEST: usize = 1024;

pub(super) struct Engine {
    pub(super) writer: Writer,
    pub(super) lock: Lock,
    pub(super) signer: Signer,
    pub(super) faults: Arc<dyn Faults>,
    /// The right edge of the published tree.
    pub(super) edge: Edge,
    /// Time of the last entry, ms.
    last: u64,
    clock: Clock,
    /// A day on which the operator says that the clock was right, ms.
    clock_right_on: Option<u64>,
    /// Whether rows that were staged and not signed may still be there, because there was no room to drop them.
    leftover: bool,
    stopped: Option<String>,
}

impl Engine {
    pub(super) fn open(
        dir: &Path,
        settings: &Settings,
        keys: &Path,
        signer: Signer,
        clock: Clock,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, Error> {
        let clock_right_on = settings.clock_right_on.as_deref().map(clock::day).transpose()?;
        // Where nodes share a database, it says whose turn it is, and only then a turn is taken.
        let (mut lock, mut writer) = if settings.database.is_some() {
            let writer = Writer::of(dir, settings)?;
            (Lock::open(keys, settings)?, writer)
        } else {
            (Lock::open(keys, settings)?, Writer::of(dir, settings)?)
        };
        overwrite(&mut writer, &lock)?;
        let edge = recover::recover(&mut writer, &mut lock, &signer, faults.as_ref())?;
        let vkey = format!("{}\n", signer.verifier());
        writer.apply(&[StagedFile { path: "vkey".into(), bytes: vkey.into_bytes() }])?;
        let last = writer.state()?.at;
        let (leftover, stopped) = (false, None);
        Ok(Self {
            writer,
            lock,
            signer,
            faults,
            edge,
            last,
            clock,
            clock_right_on,
            leftover,
            stopped,
        })
    }

    pub(super) fn reader(&self) -> Result<Reader, Error> {
        Ok(self.writer.reader()?)
    }

    /// Whether this is still the one that may seal.
    pub(super) fn check(&self) -> Result<(), Error> {
        Ok(self.writer.check()?)
    }

    /// Whether all that is kept is on servers, so that a new start finds out by asking them what was kept.
    pub(super) fn is_remote(&self) -> bool {
        self.writer.is_shared() && self.writer.files().is_remote()
    }

    pub(super) fn stopped(&self) -> Option<String> {
        self.stopped.clone()
    }

    /// Seals the jobs, in batches, and leaves each its outcome. A removal is a batch of its own.
    pub(super) fn run(&mut self, jobs: Vec<Job>) {
        let mut batch: Vec<Job> = Vec::new();
        let mut entries = 0;
        for job in jobs {
            let removal = job.drafts.iter().any(super::Prepared::is_removal);
            if removal || entries + job.drafts.len() > LARGEST {
                self.run_batch(std::mem::take(&mut batch));
                entries = 0;
            }
            entries += job.drafts.len();
            batch.push(job);
            if removal {
                self.run_batch(std::mem::take(&mut batch));
                entries = 0;
            }
        }
        self.run_batch(batch);
    }

    fn run_batch(&mut self, mut jobs: Vec<Job>) {
        let outcomes = match self.seal(&mut jobs) {
            Ok(outcomes) => outcomes,
            Err(error) => jobs.iter().map(|_| Err(error.clone())).collect(),
        };
        for (job, outcome) in jobs.iter().zip(outcomes) {
            *lock(&job.outcome) = Some(outcome);
        }
    }

    /// One outcome for each job; an error is the outcome of all.
    fn seal(&mut self, jobs: &mut [Job]) -> Result<Vec<Outcome>, Error> {
        if let Some(why) = &self.stopped {
            return Err(Error::Stopped(why.clone()));
        }
        let held = self.writer.check();
        held.map_err(|error| self.stop(&error.into()))?;
        if self.leftover {
            self.drop_staged()?;
        }
        let at = clock::moment((self.clock)(), self.last, self.clock_right_on)?;
        let origin = self.signer.verifier().name().to_owned();
        let mut plan = Plan::new(&self.writer, &origin, at, self.edge.tree.size());
        let outcomes: Vec<Outcome> = jobs.iter_mut().map(|job| plan.add(job)).collect();
        let (entries, mut files) = (plan.entries, plan.files);
        if entries.is_empty() {
            return Ok(outcomes);
        }
        let mut edge = self.edge.clone();
        files.extend(edge.grow(entries.iter().map(|entry| entry.leaf.as_slice()))?);
        let (edge, erase) = self.commit(&Batch { entries, files }, &origin)?;
        (self.edge, self.last) = (edge, at);
        if erase {
            let faults = self.faults.clone();
            let erased =
                step(faults.as_ref(), Step::Erase, || overwrite(&mut self.writer, &self.lock));
            erased.map_err(|error| Error::Unerased(error.reason()))?;
        }
        Ok(outcomes)
    }

    /// The durable steps; gives the new edge, and whether something is to be erased.
    fn commit(&mut self, batch: &Batch, origin: &str) -> Result<(Edge, bool), Error> {
        let faults = self.faults.clone();
        let faults = faults.as_ref();
        let staged = step(faults, Step::Stage, || Ok(self.writer.stage(batch)?));
        if let Err(error) = staged {
            // Nothing is signed. Once the staged rows are dropped for certain, the next batch may go on.
            self.leftover = true;
            if matches!(error, Error::Stopped(_)) {
                return Err(self.stop(&error));
            }
            // On a full disk dropping fails as staging did, and is tried again when something is to be sealed.
            let _ = self.drop_staged();
            return Err(self.stopped.clone().map_or(error, Error::Stopped));
        }
        let (size, root) = (self.edge.tree.size(), self.edge.tree.root());
        let checked = step(faults, Step::Reread, || {
            let staged = self.writer.staged()?.unwrap_or_default();
            let edge = check::batch(self.writer.files(), &staged, origin, size, &root)?;
            Ok((staged, edge))
        });
        let (staged, edge) = checked.map_err(|error| self.stop(&error))?;
        let signed = step(faults, Step::Sign, || {
            self.writer.check()?;
            sign(&self.signer, &edge, origin)
        });
        let checkpoint = signed.map_err(|error| self.stop(&error))?;
        let locked = step(faults, Step::Lock, || Ok(self.lock.swap(&checkpoint)?));
        locked.map_err(|error| self.stop(&error))?;
        let finished = finish(&mut self.writer, &self.lock, &staged, &checkpoint, faults);
        finished.map_err(|error| self.stop(&error))?;
        let erase = staged.entries.iter().any(|entry| entry.facts.redaction.is_some());
        Ok((edge, erase))
    }

    /// Drops what was staged and never signed; stops when that leaves anything in doubt.
    fn drop_staged(&mut self) -> Result<(), Error> {
        let dropped = self.writer.discard_staged().map_err(Error::from);
        match dropped {
            Err(error @ Error::Stopped(_)) => Err(self.stop(&error)),
            Err(error) => Err(error),
            Ok(()) => {
                self.leftover = false;
                Ok(())
            }
        }
    }

    /// Stops all signing.
    fn stop(&mut self, error: &Error) -> Error {
        let why = match error {
            Error::Stopped(why) | Error::Store(why) => why.clone(),
            other => other.to_string(),
        };
        self.stopped = Some(why.clone());
        Error::Stopped(why)
    }
}

fn sign(signer: &Signer, edge: &Edge, origin: &str) -> Result<Vec<u8>, Error> {
    let checkpoint = Checkpoint::new(origin, edge.tree.size(), edge.tree.root());
    let note = checkpoint.and_then(|checkpoint| checkpoint.sign(signer));
    Ok(note.map_err(|error| Error::Refused(error.to_string()))?.to_string().into_bytes())
}

/// What follows once the lock holds the checkpoint: files, checkpoint file, rows. The rows are written beside the files and
/// committed after them. A new start does the same for what an earlier process left, and doing it twice changes nothing.
pub(super) fn finish(
    writer: &mut Writer,
    lock: &Lock,
    staged: &Batch,
    checkpoint: &[u8],
    faults: &dyn Faults,
) -> Result<(), Error> {
    let mut outcome = Ok(());
    let published = writer.publish(staged, checkpoint, &mut |files| {
        let written = write_files(files, lock, staged, checkpoint, faults);
        outcome =
            written.and_then(|()| faults.at(Step::Publish, When::Before).map_err(Error::Fault));
        outcome.is_ok()
    });
    outcome?;
    published?;
    faults.at(Step::Publish, When::After).map_err(Error::Fault)
}

/// Everything that has to be on the disk before readers may see the entries. The checkpoint comes last, since it names the rest,
/// whose order is free.
fn write_files(
    to: &Files,
    lock: &Lock,
    staged: &Batch,
    checkpoint: &[u8],
    faults: &dyn Faults,
) -> Result<(), Error> {
    step(faults, Step::Files, || {
        let entries = staged.entries.iter();
        let documents = entries.map(|entry| document(&entry.leaf, &entry.document));
        let files = staged.files.iter().cloned().map(Ok).chain(documents);
        Ok(to.put(&files.collect::<Result<Vec<_>, Error>>()?)?)
    })?;
    step(faults, Step::Checkpoint, || publish_checkpoint(to, lock, checkpoint))
}

/// The file of an entry's document.
pub(super) fn document(leaf: &[u8], document: &[u8]) -> Result<StagedFile, Error> {
    let leaf = Leaf::read(leaf).map_err(|error| Error::Refused(error.to_string()))?;
    Ok(StagedFile { path: ovn_store::document_file(&leaf.commit), bytes: document.to_owned() })
}

/// Writes the checkpoint's file, unless it is another's turn by now and a newer one may stand there.
pub(super) fn publish_checkpoint(
    files: &Files,
    lock: &Lock,
    checkpoint: &[u8],
) -> Result<(), Error> {
    let _turn = lock.turn()?;
    Ok(files.put_checkpoint(checkpoint)?)
}

/// Replaces what was removed, unless another may have removed more by now.
pub(super) fn overwrite(writer: &mut Writer, lock: &Lock) -> Result<(), Error> {
    Ok(writer.erase(Some(lock))?)
}
