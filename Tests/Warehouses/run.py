"""Runs queries in a real DuckDB, PostgreSQL or Spark: `run.py ENGINE FOLDER NULL`.

For each NAME.csv of the folder there is NAME.sql, a query over a table NAME whose columns are those of the file, all text.
The result goes to NAME.out.csv, with the word NULL, or nothing, for what is null.
"""

import csv
import glob
import os
import shutil
import subprocess
import sys
import tempfile


def jobs(folder):
    return sorted(os.path.basename(path)[:-4] for path in glob.glob(f"{folder}/*.csv") if not path.endswith(".out.csv"))


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([[null if cell is None else cell for cell in row] for row in rows])


def duckdb(folder):
    import duckdb

    connection = duckdb.connect()
    for name in jobs(folder):
        connection.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder}/{name}.csv', all_varchar=true, header=true)"
        )
        with open(f"{folder}/{name}.sql") as file:
            result = connection.execute(file.read())
        write(f"{folder}/{name}.out.csv", [column[0] for column in result.description], result.fetchall())


def spark(folder):
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.warehouse.dir", f"{folder}/spark")
        # Code made for a few thousand rows takes longer to make than to run.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for name in jobs(folder):
        session.read.option("header", "true").csv(f"{folder}/{name}.csv").createOrReplaceTempView(name)
        with open(f"{folder}/{name}.sql") as file:
            result = session.sql(file.read().rstrip().removesuffix(";"))
        write(f"{folder}/{name}.out.csv", result.columns, result.collect())
    session.stop()


def postgresql(folder):
    """A server of its own, in a folder of its own, reached by a socket there; never as root, which it refuses."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    programs = programs[-1] if programs else os.path.dirname(shutil.which("initdb") or sys.exit("no initdb found"))
    home = tempfile.mkdtemp(prefix="handrail-postgresql-", dir="/tmp")
    user = []
    if os.getuid() == 0:
        shutil.chown(home, "nobody")
        user = ["runuser", "-u", "nobody", "--"]
    data, socket = f"{home}/data", ["-h", home, "-U", "handrail", "-d", "postgres"]

    def run(arguments, **options):
        return subprocess.run(arguments, check=True, cwd="/", **options)

    run(user + [f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "handrail", "-E", "UTF8", "--locale=C", "--no-sync"],
        stdout=subprocess.DEVNULL)
    settings = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
    run(user + [f"{programs}/pg_ctl", "-w", "-D", data, "-l", f"{home}/log", "-o", settings, "start"], stdout=subprocess.DEVNULL)
    try:
        for name in jobs(folder):
            table, query, result = (f"{folder}/{name}{ending}" for ending in (".csv", ".sql", ".out.csv"))
            with open(table) as file:
                names = ", ".join(f'"{column}"' for column in next(csv.reader(file)))
            columns = ", ".join(f"{column} text" for column in names.split(", "))
            psql = [f"{programs}/psql", "-q", "-X", "-v", "ON_ERROR_STOP=1"] + socket
            run(psql + ["-c", f"CREATE TABLE {name} ({columns})", "-c", f"\\copy {name}({names}) FROM '{table}' CSV HEADER"])
            with open(result, "w") as file:
                run(psql + ["--csv", "-P", f"null={null}", "-f", query], stdout=file)
    finally:
        run(user + [f"{programs}/pg_ctl", "-m", "immediate", "-D", data, "stop"], stdout=subprocess.DEVNULL)
        shutil.rmtree(home)


engines = {"duckdb": duckdb, "postgresql": postgresql, "spark": spark}
null = sys.argv[3]
engines[sys.argv[1]](os.path.abspath(sys.argv[2]))
