using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Requests;

/// <summary>
/// A line of the table in one language, ready to be shown and shared by all who look at it. Its cells are encoded markup: a circuit holds
/// a few references a line instead of thirty frames, and a changed status is one edit.
/// </summary>
public sealed class RequestLineView
{
    private readonly RequestLineCells _cells;
    private readonly string _glow;
    private RequestLineView? _first;
    private RequestLineView? _second;

    internal RequestLineView(RequestRow row, RequestStatus status, RequestLineCells cells)
        : this(row.Id, row.Id, status, row.RecipientCount, cells, "")
    {
    }

    private RequestLineView(RequestId id, object key, RequestStatus status, int recipients, RequestLineCells cells, string glow)
    {
        (Id, Key, Status, RecipientCount, _cells, _glow) = (id, key, status, recipients, cells, glow);
        Now = new(cells.Now(glow));
    }

    public RequestId Id { get; }

    /// <summary>The id, boxed once for all.</summary>
    public object Key { get; }

    public RequestStatus Status { get; }

    public int RecipientCount { get; }

    /// <summary>The first recipient's address; empty when there is none. What the table is ordered by.</summary>
    public string FirstRecipient => _cells.FirstRecipient;

    /// <summary>The first recipient, or words that stand for none.</summary>
    public string Recipient => _cells.Recipient;

    /// <summary>The cell with the recipient.</summary>
    public MarkupString Who => new(_cells.Who);

    /// <summary>The cell with the status and what is happening: the one that changes.</summary>
    public MarkupString Now { get; }

    /// <summary>The cells with date, accounts and actions.</summary>
    public MarkupString Rest => new(_cells.Rest);

    /// <summary>The same line, glowing because it is new or changed; two glows take turns, so that each starts anew.</summary>
    public RequestLineView Glowing(RequestLineView? previous) => previous?._glow == "glow-a"
        ? _second ??= new(Id, Key, Status, RecipientCount, _cells, "glow-b")
        : _first ??= new(Id, Key, Status, RecipientCount, _cells, "glow-a");
}

/// <summary>A line's cells as encoded markup.</summary>
/// <param name="FirstRecipient">The address, or nothing.</param>
/// <param name="Recipient">The address, or words that stand for none; plain text.</param>
/// <param name="Who">The cell with the recipient.</param>
/// <param name="Now">Given the class that makes the line glow, or nothing.</param>
/// <param name="Rest">The cells after it.</param>
internal sealed record RequestLineCells(string FirstRecipient, string Recipient, string Who, Func<string, string> Now, string Rest);
