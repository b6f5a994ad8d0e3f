using Microsoft.Extensions.Configuration;

namespace OnboardingPortal.Bench;

/// <summary>Where <c>bench/run.sh</c> put what is measured: full paths.</summary>
internal sealed record BenchOptions
{
    /// <summary>The published <c>StockCounter.dll</c>.</summary>
    public required string StockCounter { get; init; }

    /// <summary>The published <c>ReferencePage.dll</c>.</summary>
    public required string ReferencePage { get; init; }

    /// <summary>The published <c>OnboardingPortal.App.dll</c>.</summary>
    public required string Portal { get; init; }

    /// <summary>The built <c>HeapHook.dll</c>.</summary>
    public required string HeapHook { get; init; }

    /// <summary>A new folder for this run's table, raw numbers and logs.</summary>
    public required string Results { get; init; }

    /// <summary>The browser that weighs pages.</summary>
    public required string Chromium { get; init; }

    /// <summary>Only the rows of that name, such as <c>table</c>; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>How many people the list of the group <c>sync</c> has; fewer for a quick look.</summary>
    public int Contacts { get; init; } = 1_000_000;

    /// <param name="arguments">Such as <c>--results /tmp/run</c>.</param>
    /// <exception cref="InvalidOperationException">One is missing.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        string Required(string name) => given[name] ?? throw new InvalidOperationException($"--{name} is missing: use bench/run.sh.");
        return new()
        {
            StockCounter = Required("stock"),
            ReferencePage = Required("reference"),
            Portal = Required("portal"),
            HeapHook = Required("hook"),
            Results = Required("results"),
            Chromium = Required("chromium"),
            Only = given["only"],
            Contacts = given.GetValue("contacts", 1_000_000),
        };
    }
}
