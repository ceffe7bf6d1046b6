using Microsoft.Data.Sqlite;

namespace Hookswitch.Storage;

/// <summary>The statements of one connection, each compiled once: compiling takes several times as long as running. For one thread.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <summary>What is executed from now on is part of this transaction.</summary>
    public SqliteTransaction Begin() => _transaction = connection.BeginTransaction();

    /// <param name="sql">One of few constant texts: none is ever forgotten.</param>
    /// <param name="parameters">Of one text always the same, in the same order.</param>
    /// <returns>How many rows were changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    /// <returns>The first value of the first row; null where there is none. Sees what the transaction has done so far.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Command(sql, parameters).ExecuteScalar();

    public void Dispose()
    {
        foreach (var command in _compiled.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_compiled.TryGetValue(sql, out var command))
        {
            _compiled[sql] = command = Compile(sql, parameters);
        }

        command.Transaction = _transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Compile(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
