"""The condition language: yes/no questions about facts, with one meaning and two notations."""
