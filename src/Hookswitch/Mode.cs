namespace Hookswitch;

/// <summary>For whom a server is there. The verb says so: <c>hookswitch serve</c> is production, everything else is development.</summary>
internal enum Mode
{
    /// <summary>For the developer of a bot, on one machine: whoever is unknown is made up, and addresses of this machine need no TLS.</summary>
    Development,

    /// <summary>For others: only who is registered is there, and only public addresses are connected to, with TLS.</summary>
    Production,
}
