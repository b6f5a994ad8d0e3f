using System.Collections.Concurrent;
using System.Globalization;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// Puts rows of the table into words, each once for all who look at it in one language. Keeps the lines used last: what is not asked for
/// while <see cref="MaxKept"/> others are made is forgotten.
/// </summary>
public sealed class RequestLines(LineWords words, TimeProvider clock)
{
    private const int MaxKept = 2000;
    private ConcurrentDictionary<Wanted, RequestLineView> _young = new();
    private ConcurrentDictionary<Wanted, RequestLineView> _old = new();

    /// <summary>The line of a row in the current language.</summary>
    public RequestLineView Show(RequestRow row)
    {
        var wanted = new Wanted(row, row.StatusAt(clock.GetUtcNow()), CultureInfo.CurrentUICulture.Name);
        if (_young.TryGetValue(wanted, out var line)) return line;
        if (_young.Count >= MaxKept)
        {
            _old = _young;
            _young = new();
        }

        var young = _young;
        return _old.TryGetValue(wanted, out line)
            ? young.GetOrAdd(wanted, line)
            : young.GetOrAdd(wanted, static (w, words) => words.Write(w.Row, w.Status), words);
    }

    private readonly record struct Wanted(RequestRow Row, RequestStatus Status, string Language);
}
