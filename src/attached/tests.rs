//! What is read of attachments that others made and that are hostile.
