namespace Hookswitch.Notifications;

/// <summary>What others wrote, on its way to logs and terminals.</summary>
internal static class ForeignText
{
    /// <summary>Without characters that a terminal would obey.</summary>
    public static string Printable(string text) => new string([.. text.Select(one => char.IsControl(one) ? ' ' : one)]).Trim();
}
