//! Lists whose things are known by their places in them. A place in one list cannot be taken for a place
//! in another, nor for a count, and only the list itself gives places out.

use std::cmp::Ordering;
use std::fmt::{self, Debug};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a list of `T`.
pub struct Idx<T> {
    number: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Idx<T> {
    fn new(number: usize) -> Self {
        Self { number: u32::try_from(number).unwrap_or(u32::MAX), of: PhantomData }
    }

    /// A place of a list that a test does not have.
    #[cfg(test)]
    pub(crate) fn in_test(number: usize) -> Self {
        Self::new(number)
    }

    /// The place as a number, from 0, for who counts and knows no list.
    #[must_use]
    pub fn number(self) -> usize {
        self.number as usize
    }
}

impl<T> Clone for Idx<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Idx<T> {}

impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl<T> Eq for Idx<T> {}

impl<T> PartialOrd for Idx<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Idx<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number.cmp(&other.number)
    }
}

impl<T> Hash for Idx<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl<T> Debug for Idx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.fmt(f)
    }
}

/// A list that gives its things out by their places ([`Idx`]), and by number to nobody.
#[derive(Clone)]
pub struct IdxList<T>(Vec<T>);

impl<T> IdxList<T> {
    /// Every place, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Idx<T>> + ExactSizeIterator + use<T> {
        (0..self.0.len()).map(Idx::new)
    }

    /// Everything with its place, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (Idx<T>, &T)> + ExactSizeIterator {
        self.0.iter().enumerate().map(|(number, thing)| (Idx::new(number), thing))
    }

    /// The place with this number; nothing behind the end.
    #[must_use]
    pub fn id(&self, number: usize) -> Option<Idx<T>> {
        (number < self.0.len()).then(|| Idx::new(number))
    }

    /// What is at a place of this list; nothing where it is a place of a longer one.
    #[must_use]
    pub fn at(&self, id: Idx<T>) -> Option<&T> {
        self.0.get(id.number())
    }

    /// Puts something at the end, and gives its place.
    pub(crate) fn push(&mut self, thing: T) -> Idx<T> {
        self.0.push(thing);
        Idx::new(self.0.len() - 1)
    }

    pub(crate) fn reserve_exact(&mut self, more: usize) {
        self.0.reserve_exact(more);
    }
}

impl<T> Default for IdxList<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Debug> Debug for IdxList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> From<Vec<T>> for IdxList<T> {
    fn from(things: Vec<T>) -> Self {
        Self(things)
    }
}

impl<T> From<IdxList<T>> for Vec<T> {
    fn from(listing: IdxList<T>) -> Self {
        listing.0
    }
}

impl<T> Deref for IdxList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for IdxList<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T> Index<Idx<T>> for IdxList<T> {
    type Output = T;

    fn index(&self, id: Idx<T>) -> &T {
        &self.0[id.number()]
    }
}

impl<T> IndexMut<Idx<T>> for IdxList<T> {
    fn index_mut(&mut self, id: Idx<T>) -> &mut T {
        &mut self.0[id.number()]
    }
}

impl<T> IntoIterator for IdxList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a IdxList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut IdxList<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}
