namespace OnboardingPortal.Sandbox.Facebook.Audiences;

/// <summary>
/// A sorted set in which a million items take hardly more room than their own bytes: many small sorted arrays instead of one large one.
/// </summary>
/// <param name="bucketOf">Which of <see cref="Buckets"/>: must rise as the items do, and spread them evenly.</param>
internal sealed class SortedBuckets<T>(Func<T, int> bucketOf)
    where T : struct, IComparable<T>
{
    public const int Buckets = 4096;

    private readonly T[]?[] _items = new T[]?[Buckets];
    private readonly int[] _counts = new int[Buckets];

    public int Count { get; private set; }

    /// <summary>For how many items room is kept.</summary>
    public int Room => _items.Sum(i => i?.Length ?? 0);

    public IEnumerable<T> All => Enumerable.Range(0, Buckets).SelectMany(b => (_items[b] ?? []).Take(_counts[b]));

    /// <summary>Adds an item, or takes the place of an equal one.</summary>
    public void Put(T item)
    {
        var bucket = bucketOf(item);
        var index = IndexOf(bucket, item);
        var items = _items[bucket];
        if (index >= 0)
        {
            items![index] = item;
            return;
        }

        var count = _counts[bucket]++;
        if (items is null || count == items.Length) Array.Resize(ref items, Math.Max(4, count + (count / 8) + 1));
        items.AsSpan(~index, count - ~index).CopyTo(items.AsSpan(~index + 1));
        items[~index] = item;
        _items[bucket] = items;
        Count++;
    }

    public bool Remove(T item)
    {
        var bucket = bucketOf(item);
        var index = IndexOf(bucket, item);
        if (index < 0)
            return false;
        var count = --_counts[bucket];
        _items[bucket].AsSpan(index + 1, count - index).CopyTo(_items[bucket].AsSpan(index));
        Count--;
        return true;
    }

    public bool Contains(T item) => IndexOf(bucketOf(item), item) >= 0;

    /// <summary>The first item of the same bucket that is not less; null when there is none.</summary>
    public T? FirstFrom(T item)
    {
        var bucket = bucketOf(item);
        var index = IndexOf(bucket, item);
        if (index < 0)
            index = ~index;
        return index < _counts[bucket] ? _items[bucket]![index] : null;
    }

    private int IndexOf(int bucket, T item) => _items[bucket] is { } items ? Array.BinarySearch(items, 0, _counts[bucket], item) : ~0;
}
