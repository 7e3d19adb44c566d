import os, pyodbc
c = pyodbc.connect("Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s;Uid=%s" % (os.environ["PGHOST"], os.environ["PGPORT"], os.environ["PGDATABASE"], os.environ["PGUSER"]))
k = c.cursor()
k.execute("SELECT year, gini, theil_t FROM inequality_by_year ORDER BY year DESC")
print("ODBC columns:", *[d[0] + "=" + d[1].__name__ for d in k.description], k.fetchone()[1])
k.execute("SELECT figures FROM composite_by_year")
print("ODBC composite:", k.description[0][1].__name__)
print("ODBC views:", *sorted(t.table_name for t in c.cursor().tables(schema="public", tableType="VIEW") if t.table_name == "inequality_by_year"))
print("versions: pyodbc", pyodbc.version, c.getinfo(pyodbc.SQL_DRIVER_NAME), c.getinfo(pyodbc.SQL_DRIVER_VER))
