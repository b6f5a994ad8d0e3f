using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OnboardingPortal.Bench.Measuring;
using OnboardingPortal.Bench.Portal;
using OnboardingPortal.Core.Matching;

namespace OnboardingPortal.Bench.Rows;

/// <summary>
/// What the values of people cost until they can be sent: normalised and hashed, against a bare loop of SHA-256 over the bytes that are
/// hashed, in the same process.
/// </summary>
internal sealed class PersonMatching(BenchContext bench)
{
    private const int Blocks = 100;
    private const int BlockSize = 10_000;
    private const int WarmUps = 5;
    private const int Checked = 100;

    public Task<IReadOnlyList<ResultRow>> MeasureAsync(CancellationToken cancellationToken)
    {
        var seed = new PeopleSeed(new Random(14));
        var matcher = new PersonMatcher(PeopleSeed.Keys, new("DE"), new());
        var (measured, reference) = (new List<double>(), new List<double>());
        for (var block = -WarmUps; block < Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PeopleSeed.Person[] people = [.. Enumerable.Range(0, BlockSize).Select(_ => seed.Next())];
            Check(matcher, people.AsSpan(0, Checked));
            // who comes second may find the other's garbage
            var (ours, bare) = block % 2 == 0 ? (Time(() => Match(matcher, people)), Time(() => Hash(people))) : default;
            if (block % 2 != 0) (bare, ours) = (Time(() => Hash(people)), Time(() => Match(matcher, people)));
            if (block < 0) continue;
            measured.Add(ours);
            reference.Add(bare);
        }

        bench.Raw.Add("10,000 people normalised and hashed, ms", measured);
        bench.Raw.Add("10,000 people normalised and hashed, ms: bare SHA-256", reference);
        return Task.FromResult<IReadOnlyList<ResultRow>>(
        [
            new("1,000,000 people normalised and hashed, against bare SHA-256 over the same bytes", measured.Sum(), reference.Sum(),
                Unit.Milliseconds, Target.RatioAtMost(3)),
        ]);
    }

    private static double Time(Action what)
    {
        var started = Stopwatch.GetTimestamp();
        what();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Match(PersonMatcher matcher, PeopleSeed.Person[] people)
    {
        foreach (var person in people)
            if (!matcher.Match(person.Values).CanBeFound) throw new InvalidOperationException("A person of the benchmark cannot be found.");
    }

    private static void Hash(PeopleSeed.Person[] people)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var person in people)
            foreach (var cell in person.Sent) SHA256.HashData(cell, hash);
    }

    /// <summary>Both must hash the same bytes, or their times say nothing.</summary>
    private static void Check(PersonMatcher matcher, ReadOnlySpan<PeopleSeed.Person> people)
    {
        foreach (var person in people)
        {
            var matched = matcher.Match(person.Values);
            for (var i = 0; i < person.Values.Length; i++)
            {
                if (!matched.HashOf(i).SequenceEqual(SHA256.HashData(person.Sent[i])))
                {
                    throw new InvalidOperationException(
                        $"'{person.Values[i]}' is not sent as '{Encoding.UTF8.GetString(person.Sent[i])}'.");
                }
            }
        }
    }
}
