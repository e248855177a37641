"""Who arrives when, and the codes that follow from it: bookings in a calendar, regular visitors.

What is decided is pure (`reconcile`, and all that it imports); `following` has a `watch` for each
subentry, which has a `look` carried out in time. Imports `account`, `reading`, `issuing`, `clients`
and what all folders share. Its words:

- look: one run of `reconcile`, from the calendar and what is kept to decisions;
- kept: what is stored between two looks; a kept booking's time has come;
- standing: a booking that is neither cancelled nor over (`Standing` holds what a look found of
  any booking);
- wish: from when to when the codes of a booking should open at a lock;
- cover: the codes of a booking at a lock, and how much of the wish they cover;
- doors: the locks of a calendar or a visitor, and the zone of the first;
- valued_until: until when a code is in the ledger with its value, so that it takes no call;
- guest book: what is known of one subentry, kept in a file of the entry;
- happening: what the event entity tells;
- hand_over: a guest's next booking takes over the client, and deletes it later.
"""
