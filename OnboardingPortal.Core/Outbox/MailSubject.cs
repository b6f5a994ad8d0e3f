using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OnboardingPortal.Core.Outbox;

/// <summary>
/// What a mail is about: one thing of the portal, by the type of its id, so that no number passes for another thing's. The outbox keeps it
/// and never looks at it. Stored as it is written out, for example <c>Question:7212345</c>.
/// </summary>
public readonly record struct MailSubject
{
    /// <summary>The most characters that one is stored in.</summary>
    public const int MaxLength = 60;

    private const string Suffix = "Id";

    private readonly string _type;
    private readonly long _id;

    private MailSubject(string type, long id)
    {
        _type = type;
        _id = id;
    }

    /// <summary>A mail's subject. The id's type is stored by its name: whoever renames it moves the rows, too.</summary>
    public static MailSubject Of<T>(T id)
        where T : struct, IId<T> => new(NameOf<T>(), id.Value);

    /// <summary>The id, or null when it is another kind of thing.</summary>
    public T? As<T>()
        where T : struct, IId<T> => _type == NameOf<T>() ? T.From(_id) : null;

    /// <summary>As it is stored.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_type}:{_id}");

    /// <summary>Reads what was stored.</summary>
    internal static MailSubject Parse(string stored)
    {
        var colon = stored.IndexOf(':', StringComparison.Ordinal);
        return new MailSubject(stored[..colon], long.Parse(stored.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static string NameOf<T>() => typeof(T).Name[..^Suffix.Length];
}

internal sealed class MailSubjectConverter() : ValueConverter<MailSubject, string>(
    subject => subject.ToString(), stored => MailSubject.Parse(stored));
