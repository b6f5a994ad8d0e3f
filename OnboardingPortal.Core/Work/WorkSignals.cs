using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Work;

/// <summary>The signals of this node, and the words in which nodes tell each other of them: ids only.</summary>
internal sealed class WorkSignals(IEnumerable<WorkSignal> signals) : INodeListener
{
    /// <summary>The channel of PostgreSQL's <c>NOTIFY</c>.</summary>
    public const string Channel = "work_waits";

    private readonly Guid _node = Guid.NewGuid();

    /// <inheritdoc />
    string INodeListener.Channel => Channel;

    /// <summary>The signals.</summary>
    public IReadOnlyList<WorkSignal> All { get; } = [.. signals];

    /// <summary>What other nodes are told when a signal wakes.</summary>
    public string Words(WorkSignal signal) => $"{_node} {signal.Name}";

    /// <summary>Wakes what another node tells of; this node's own words come back too, and wake nothing a second time.</summary>
    /// <param name="words">As <see cref="Words"/> makes them; anything else is ignored.</param>
    public void Hear(string words)
    {
        if (words.Split(' ') is not [var node, var name] || !Guid.TryParse(node, out var other) || other == _node) return;
        All.FirstOrDefault(s => s.Name == name)?.WakeThisNode();
    }

    /// <summary>Wakes everything: this node heard nothing of others for a while.</summary>
    public void HearAgain()
    {
        foreach (var signal in All) signal.WakeThisNode();
    }
}
