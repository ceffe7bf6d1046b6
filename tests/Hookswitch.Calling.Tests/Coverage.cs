namespace Hookswitch.Calling.Tests;

/// <summary>What has to be seen in random histories, so that laws about them say something.</summary>
internal static class Coverage
{
    /// <summary>What is seen once in a thousand histories is missed in all of these once in 10^21 runs.</summary>
    private const int MostRounds = 50;

    /// <summary>Samples again and again, until nothing is missing that has to be seen.</summary>
    /// <param name="sample">One round of some thousand histories.</param>
    /// <param name="missing">What has not been seen by now.</param>
    public static void Until<T>(Action sample, Func<IEnumerable<T>> missing)
    {
        for (var round = 0; round < MostRounds && (round == 0 || missing().Any()); round++)
        {
            sample();
        }

        Assert.Empty(missing());
    }
}
