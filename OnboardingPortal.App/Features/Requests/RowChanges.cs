namespace OnboardingPortal.App.Features.Requests;

/// <summary>Hands a changed row to the cells that show it, past the page around them.</summary>
public sealed class RowChanges
{
    private readonly Dictionary<string, Action<RequestLineView>> _rows = [];

    public void Add(string key, Action<RequestLineView> take) => _rows[key] = take;

    /// <summary>Forgets the row, unless another one has taken its place by now.</summary>
    public void Remove(string key, Action<RequestLineView> take)
    {
        if (_rows.TryGetValue(key, out var known) && known == take) _rows.Remove(key);
    }

    public void Tell(RequestLineView line)
    {
        if (_rows.TryGetValue(line.Key, out var take)) take(line);
    }
}
