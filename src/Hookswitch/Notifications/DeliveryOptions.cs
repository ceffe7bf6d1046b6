namespace Hookswitch.Notifications;

/// <summary>How notifications are delivered. Graph documents none of it: <c>reliability.md</c>, section 1.</summary>
internal sealed record DeliveryOptions
{
    /// <summary>In which a callback must have answered. Real time.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>In which a callback must have accepted the connection. Real time.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Since the first attempt; then a notification becomes a dead letter.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Notifications under way to one host at a time.</summary>
    public int PerHost { get; init; } = 32;

    /// <summary>The <c>iss</c> of the tokens that notifications carry. Real ones have api.botframework.com; some bots accept only that.</summary>
    public string Issuer { get; init; } = "https://api.botframework.com";
}
