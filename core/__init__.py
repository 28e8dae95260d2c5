"""What everything else stands on: settings, errors, languages, the database, encryption, events, logging."""
