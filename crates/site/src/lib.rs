//! What people see: pages, feeds, and the readers' server.
