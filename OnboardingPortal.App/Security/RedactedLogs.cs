using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.App.Security;

/// <summary>
/// Takes the secrets that stand in addresses (tokens of links, invitations and resets, tickets, codes, states, ids of connections) and keys
/// to the API out of all that is logged, by whomever and at whatever level, before a logger sees it; out of exceptions, too. Where the log
/// leaves for other machines or is made for programs, people's addresses are taken out as well: of mail and of the network.
/// </summary>
internal static partial class RedactedLogs
{
    private const string Redacted = "***";

    /// <summary>Who logs below Information all that is typed in live pages: passwords and keys look like any other text.</summary>
    private const string LivePages = "Microsoft.AspNetCore.SignalR";

    public static void Redact(this ILoggingBuilder logging, bool hidesAddresses) =>
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new Factory(
            new LoggerFactory(
                provider.GetServices<ILoggerProvider>(), provider.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                provider.GetService<IOptions<LoggerFactoryOptions>>()),
            new Redaction(hidesAddresses))));

    [GeneratedRegex(
        @"(?<=\br/(stop/)?|\baccount/invitation/|\baccount/reset/[^/\s]+/)[\w~%.-]{8,}"
            + """|(?<=[?&](code|state|ticket|\w*token|id|client_secret)=)[^&\s"']+|op_live_[\w-]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();

    [GeneratedRegex("""[\w.+'%-]+@[\w-]+(\.[\w-]+)+""", RegexOptions.CultureInvariant)]
    private static partial Regex MailAddresses();

    /// <summary>Addresses of the network, but not those of this machine itself, nor the one that stands for all.</summary>
    [GeneratedRegex(
        @"(?<![\w:])(?!::1?(?![\w:]))(?=[\da-f:]*::|([\da-f]{1,4}:){7})[\da-f:]{2,39}(\.\d{1,3}){0,3}(?![\w:])"
            + @"|(?<![\w.])(?!127\.|0\.0\.0\.0)\d{1,3}(\.\d{1,3}){3}(?!\.?\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NetworkAddresses();

    private sealed class Redaction(bool hidesAddresses)
    {
        /// <summary>The text without what must not be in it; the same object where there is nothing of it.</summary>
        public string Without(string text)
        {
            var left = Secrets().Replace(text, Redacted);
            return hidesAddresses ? NetworkAddresses().Replace(MailAddresses().Replace(left, Redacted), Redacted) : left;
        }

        public object? Without(object? value) => value switch
        {
            null => null,
            string text => Without(text),
            _ when value.GetType().IsPrimitive => value,
            // What is more than a text is written as one: an address, a path, a list of headers, many exceptions.
            _ when value.ToString() is { } text && Without(text) is var left && !ReferenceEquals(left, text) => left,
            _ => value,
        };

        public Exception? Without(Exception? exception) =>
            exception?.ToString() is { } text && Without(text) is var left && !ReferenceEquals(left, text)
                ? new RedactedException(Without(exception.Message), left)
                : exception;
    }

    /// <summary>Stands in the place of an exception whose words hold what must not be logged.</summary>
    private sealed class RedactedException(string message, string text) : Exception(message)
    {
        public override string ToString() => text;
    }

    private sealed class Factory(ILoggerFactory inner, Redaction redaction) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new Logger(
            inner.CreateLogger(categoryName), redaction,
            categoryName.StartsWith(LivePages, StringComparison.Ordinal) ? LogLevel.Information : LogLevel.Trace);

        public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

        public void Dispose() => inner.Dispose();
    }

    private sealed class Logger(ILogger inner, Redaction redaction, LogLevel least) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && inner.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(new Entry(state, redaction.Without(state.ToString() ?? ""), redaction));

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel < least) return;
            if (inner.IsEnabled(logLevel))
            {
                inner.Log(
                    logLevel, eventId, new Entry(state, redaction.Without(formatter(state, exception)), redaction),
                    redaction.Without(exception), (entry, _) => entry.ToString());
            }
        }
    }

    /// <summary>What was logged, as a text and by its names.</summary>
    private sealed class Entry(object? state, string text, Redaction redaction) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        private readonly List<KeyValuePair<string, object?>> _values =
            [.. (state as IEnumerable<KeyValuePair<string, object?>> ?? []).Select(
                value => KeyValuePair.Create(value.Key, redaction.Without(value.Value)))];

        public int Count => _values.Count;

        public KeyValuePair<string, object?> this[int index] => _values[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => text;
    }
}
