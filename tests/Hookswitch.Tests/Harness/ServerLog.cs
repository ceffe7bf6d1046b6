using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hookswitch.Tests.Harness;

/// <summary>Keeps what a server logs at Warning and above.</summary>
internal sealed class ServerLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = [];
    private readonly ConcurrentQueue<string> _scopes = [];
    private IExternalScopeProvider? _scope;

    public IEnumerable<string> Warnings => _entries.Where(entry => entry.Level == LogLevel.Warning).Select(entry => entry.Text);

    /// <summary>A server that fails has a bug, whatever it was asked.</summary>
    public IEnumerable<string> Errors => _entries.Where(entry => entry.Level >= LogLevel.Error).Select(entry => entry.Text);

    /// <summary>What the lines belong to, all scopes of a line in one text.</summary>
    public IEnumerable<string> Scopes => _scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scope = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Entries(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Entries(ServerLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var scopes = new List<string>();
                log._scope?.ForEachScope((scope, all) => all.Add($"{scope}"), scopes);
                log._scopes.Enqueue(string.Join(' ', scopes));
                log._entries.Enqueue((logLevel, $"{category}: {formatter(state, exception)} {exception}"));
            }
        }
    }
}
