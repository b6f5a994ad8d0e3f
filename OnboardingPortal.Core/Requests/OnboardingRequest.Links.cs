namespace OnboardingPortal.Core.Requests;

/// <content>The links of a request, and who is out when one is replaced.</content>
public sealed partial class OnboardingRequest
{
    /// <summary>Gives the link its token when it first leaves the portal; later it keeps the one it has.</summary>
    internal void EnsureLink(NewLink link)
    {
        if (LinkTokenHash is null)
        {
            LinkTokenHash = link.Hash;
            LinkTokenProtected = link.ProtectedToken;
        }
    }

    /// <summary>Puts new links in the place of all the ones before, with which anybody who came in is out.</summary>
    /// <param name="links">With one for each recipient; who gets none has no link of their own until the next mail.</param>
    /// <param name="now">When, UTC.</param>
    internal void ReplaceLinks(NewLinks links, DateTimeOffset now)
    {
        LinkTokenHash = links.Request.Hash;
        LinkTokenProtected = links.Request.ProtectedToken;
        foreach (var (index, recipient) in _recipients.Index()) recipient.ReplaceLink(links.Recipients.ElementAtOrDefault(index));
        EndParticipants(_ => true, now);
    }

    /// <summary>Puts a new link in the place of a recipient's own, with which anybody who came in by that one is out.</summary>
    internal void ReplaceLink(Recipient recipient, NewLink link, DateTimeOffset now)
    {
        recipient.ReplaceLink(link);
        EndParticipants(p => p.RecipientId == recipient.Id, now);
    }

    /// <summary>Whether a token is that of one of its links.</summary>
    /// <param name="token">As it stands in a link.</param>
    /// <param name="holder">Whose own link it is; null = the request's, or none.</param>
    internal bool Opens(string token, out Recipient? holder)
    {
        var hash = SecretTokens.Hash(token);
        holder = _recipients.Find(r => IsSame(r.LinkTokenHash));
        return holder is not null || IsSame(LinkTokenHash);

        bool IsSame(byte[]? kept) => kept is not null && kept.AsSpan().SequenceEqual(hash);
    }

    private void EndParticipants(Predicate<Participant> isMeant, DateTimeOffset now)
    {
        foreach (var participant in _participants.FindAll(p => p.EndedAt is null && isMeant(p))) participant.EndedAt = now;
    }
}
