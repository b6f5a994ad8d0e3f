using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Takes the secrets that stand in addresses (tokens of links, invitations and resets, tickets, codes, states, ids of connections) and keys
/// to the API out of all that is logged, by whomever and at whatever level, before a logger sees it.
/// </summary>
internal static partial class RedactedLogs
{
    private const string Redacted = "***";

    public static void Redact(this ILoggingBuilder logging) =>
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new Factory(
            new LoggerFactory(
                provider.GetServices<ILoggerProvider>(), provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                provider.GetService<IOptions<LoggerFactoryOptions>>()))));

    /// <summary>The text without its secrets; the same object where it holds none.</summary>
    public static string Without(string text) => Secrets().Replace(text, Redacted);

    private static object? Without(object? value) => value switch
    {
        null or ValueType => value,
        string text => Without(text),
        // What is more than a text is written as one: an address, a path, a list of headers.
        _ when value.ToString() is { } text && Secrets().IsMatch(text) => Without(text),
        _ => value,
    };

    [GeneratedRegex("""(?<=\br/(stop/)?|\baccount/invitation/|\baccount/reset/[^/\s]+/)[\w~%.-]{8,}|(?<=[?&](code|state|ticket|token|id|access_token|refresh_token|client_secret)=)[^&\s"']+|op_live_[\w-]+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    private sealed class Factory(ILoggerFactory inner) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new Logger(inner.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Logger(ILogger inner) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(new Entry(state, Without(state.ToString() ?? "")));

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (inner.IsEnabled(logLevel))
                inner.Log(
                    logLevel, eventId, new Entry(state, Without(formatter(state, exception))), exception, (entry, _) => entry.ToString());
        }
    }

    /// <summary>What was logged, as a text and by its names.</summary>
    private sealed class Entry(object? state, string text) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly List<KeyValuePair<string, object?>> _values =
            [.. (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Select(
                value => KeyValuePair.Create(value.Key, Without(value.Value)))];

        public int Count => _values.Count;

        public KeyValuePair<string, object?> this[int index] => _values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => text;
    }
}
