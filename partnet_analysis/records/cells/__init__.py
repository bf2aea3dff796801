"""What a cell can be: a day, an hour, a status, somebody's name; the words of both languages."""
