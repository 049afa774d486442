"""The kinds of claims, each with its check (levels, changes, ranks, shares and so on), and what several of them use."""
