namespace OnboardingPortal.Bench.Measuring;

internal static class Percentiles
{
    extension(IReadOnlyCollection<double> values)
    {
        /// <summary>The smallest value that <paramref name="percent"/> per cent of all do not exceed (nearest rank).</summary>
        /// <param name="percent">Over 0, up to 100.</param>
        public double Percentile(double percent)
        {
            var rank = (int)Math.Ceiling(values.Count * percent / 100);
            return values.Order().ElementAt(rank - 1);
        }

        public double Median() => values.Percentile(50);
    }
}
