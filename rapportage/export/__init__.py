"""What leaves the house as data: cells that a spreadsheet does not execute, CSV, XLSX, and files for SPSS and R."""
