Console.WriteLine("Hookswitch");
