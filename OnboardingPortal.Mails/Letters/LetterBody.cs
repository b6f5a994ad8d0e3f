namespace OnboardingPortal.Mails.Letters;

/// <summary>The message of a letter. <see cref="LetterMessage"/> writes it as HTML.</summary>
public abstract record LetterBody
{
    /// <summary>The same as plain text, its lines parted by "\n".</summary>
    public abstract string PlainText { get; }
}

/// <summary>Lines that the portal says; an empty one is a gap.</summary>
public sealed record PortalLines(params IReadOnlyList<string> Lines) : LetterBody
{
    /// <inheritdoc />
    public override string PlainText => string.Join('\n', Lines);
}

/// <summary>What somebody wrote, in Markdown.</summary>
public sealed record WrittenMessage(string Markdown) : LetterBody
{
    /// <inheritdoc />
    public override string PlainText => Markdown;
}

/// <summary>What somebody wrote, quoted line by line, so that none of it passes for words of the portal.</summary>
public sealed record Quotation(string Words) : LetterBody
{
    /// <summary>The quoted lines.</summary>
    public IReadOnlyList<string> Lines => Words.Split('\n');

    /// <inheritdoc />
    public override string PlainText => string.Join('\n', Lines.Select(line => $"> {line}"));
}

/// <summary>What came of each platform.</summary>
/// <param name="Lead">Stands above them.</param>
/// <param name="Platforms">In the request's order.</param>
public sealed record OutcomeList(string Lead, IReadOnlyList<PlatformLines> Platforms) : LetterBody
{
    /// <inheritdoc />
    public override string PlainText => string.Join(
        '\n', [Lead, .. Platforms.SelectMany(p => new[] { "", p.Name }.Concat(p.Lines.Select(line => $"  {line}")))]);
}

/// <summary>What came of one platform, a line for each kind of outcome.</summary>
public sealed record PlatformLines(string Name, IReadOnlyList<string> Lines);
