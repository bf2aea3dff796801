"""`python -m partnet_analysis` is `partnet`."""

from partnet_analysis.cli import main

if __name__ == "__main__":
    main()
